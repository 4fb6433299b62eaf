/* bud-sandbox-problem.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-sandbox-json.h"
#include "bud-sandbox-problem.h"

#define ERRORS_PAGE "https://mailchimp.com/developer/marketing/docs/errors/"

/* The service's own words: they are data here, and so never translated. Three kinds come without
 * a `type`, as recorded from the real service. */
static const struct
{
  guint status;
  const char *type;
  const char *title;
  const char *detail;
} kinds[] = {
  [BUD_SANDBOX_OK] = { 200, NULL, "OK", "" },
  [BUD_SANDBOX_BAD_REQUEST] = {
    400, ERRORS_PAGE, "Bad Request", "Your request could not be processed." },
  [BUD_SANDBOX_JSON_PARSE_ERROR] = {
    400, ERRORS_PAGE, "JSON Parse Error", "We encountered an unspecified JSON parsing error." },
  [BUD_SANDBOX_INVALID_RESOURCE] = {
    400, ERRORS_PAGE, "Invalid Resource", "The resource submitted could not be validated. "
    "For field-specific details, see the 'errors' array." },
  [BUD_SANDBOX_MEMBER_EXISTS] = { 400, NULL, "Member Exists", "" },
  [BUD_SANDBOX_COMPLIANCE_STATE] = { 400, NULL, "Member In Compliance State", "" },
  [BUD_SANDBOX_FORGOTTEN_EMAIL] = { 400, NULL, "Forgotten Email Not Subscribed", "" },
  [BUD_SANDBOX_KEY_MISSING] = {
    401, ERRORS_PAGE, "API Key Missing", "Your request did not include an API key." },
  [BUD_SANDBOX_KEY_INVALID] = {
    401, ERRORS_PAGE, "API Key Invalid",
    "Your API key may be invalid, or you've attempted to access the wrong datacenter." },
  [BUD_SANDBOX_NOT_FOUND] = {
    404, ERRORS_PAGE, "Resource Not Found", "The requested resource could not be found." },
  [BUD_SANDBOX_METHOD_NOT_ALLOWED] = {
    405, ERRORS_PAGE, "Method Not Allowed",
    "The requested method and resource are not compatible. "
    "See the Allow header for this resource's available methods." },
  [BUD_SANDBOX_TOO_LARGE] = {
    413, ERRORS_PAGE, "Request Entity Too Large", "The request body is too large." },
  [BUD_SANDBOX_FIELDS_INVALID] = {
    422, ERRORS_PAGE, "Requested Fields Invalid",
    "The fields requested from this resource are invalid." },
  [BUD_SANDBOX_TOO_MANY_REQUESTS] = {
    429, ERRORS_PAGE, "Too Many Requests",
    "You have exceeded the limit of 10 simultaneous connections." },
  [BUD_SANDBOX_INTERNAL_ERROR] = {
    500, "about:blank", "Internal Server Error",
    "A deep, internal error has occurred during the processing of your request. "
    "Please contact support." },
};

/**
 * bud_sandbox_problem_set:
 * @self: (nullable): a zeroed problem
 * @kind: what sort it is
 * @format: (nullable): the detail, or %NULL for the kind's usual one
 *
 * Returns: %FALSE, so that a check can end with this call
 */
gboolean
bud_sandbox_problem_set (BudSandboxProblem     *self,
                         BudSandboxProblemKind  kind,
                         const char            *format,
                         ...)
{
  va_list args;

  g_return_val_if_fail (self != NULL, FALSE);

  bud_sandbox_problem_clear (self);
  self->kind = kind;
  if (format != NULL)
    {
      va_start (args, format);
      self->detail = g_strdup_vprintf (format, args);
      va_end (args);
    }

  return FALSE;
}

/**
 * bud_sandbox_problem_set_field:
 * @self: a zeroed problem
 * @detail: (nullable): the detail, or %NULL for the usual one of an invalid resource
 * @field: the field at fault
 * @message: what is wrong with it
 *
 * Returns: %FALSE
 */
gboolean
bud_sandbox_problem_set_field (BudSandboxProblem *self,
                               const char        *detail,
                               const char        *field,
                               const char        *message)
{
  g_return_val_if_fail (self != NULL, FALSE);

  bud_sandbox_problem_clear (self);
  self->kind = BUD_SANDBOX_INVALID_RESOURCE;
  self->detail = g_strdup (detail);
  self->field = g_strdup (field);
  self->message = g_strdup (message);

  return FALSE;
}

/**
 * bud_sandbox_problem_schema:
 * @self: a zeroed problem
 * @field: the path of the value that does not fit
 * @format: why, in the words of the real service's schema check
 *
 * Returns: %FALSE
 */
gboolean
bud_sandbox_problem_schema (BudSandboxProblem *self,
                            const char        *field,
                            const char        *format,
                            ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  return bud_sandbox_problem_set_field (self, NULL, field, message);
}

void
bud_sandbox_problem_clear (BudSandboxProblem *self)
{
  g_return_if_fail (self != NULL);

  self->kind = BUD_SANDBOX_OK;
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->field, g_free);
  g_clear_pointer (&self->message, g_free);
}

guint
bud_sandbox_problem_status (const BudSandboxProblem *self)
{
  g_return_val_if_fail (self != NULL, 500);

  return kinds[self->kind].status;
}

const char *
bud_sandbox_problem_get_detail (const BudSandboxProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->detail != NULL ? self->detail : kinds[self->kind].detail;
}

/**
 * bud_sandbox_problem_append:
 * @self: a problem
 * @instance: the request's identifier, the same as in its X-Request-Id header
 * @out: where the body goes
 *
 * Writes the body of an application/problem+json answer.
 */
void
bud_sandbox_problem_append (const BudSandboxProblem *self,
                            const char              *instance,
                            GString                 *out)
{
  g_return_if_fail (self != NULL);

  g_string_append_c (out, '{');
  if (kinds[self->kind].type != NULL)
    {
      bud_sandbox_json_put_member (out, "type", kinds[self->kind].type);
      g_string_append_c (out, ',');
    }
  bud_sandbox_json_put_member (out, "title", kinds[self->kind].title);
  g_string_append_printf (out, ",\"status\":%u,", kinds[self->kind].status);
  bud_sandbox_json_put_member (out, "detail", bud_sandbox_problem_get_detail (self));
  g_string_append_c (out, ',');
  bud_sandbox_json_put_member (out, "instance", instance);

  if (self->field != NULL)
    {
      g_string_append (out, ",\"errors\":[{");
      bud_sandbox_json_put_member (out, "field", self->field);
      g_string_append_c (out, ',');
      bud_sandbox_json_put_member (out, "message", self->message);
      g_string_append (out, "}]");
    }
  g_string_append_c (out, '}');
}
