/* bud-sandbox-lists-api.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-sandbox-lists-api.h"

#define CREATED "2026-01-01T00:00:00+00:00"

static void
append_contact (GString *out)
{
  g_string_append (out, "\"contact\":{\"company\":\"Budstikke\",\"addr1\":\"Storgata 1\","
                   "\"addr2\":\"\",\"city\":\"Oslo\",\"state\":\"\",\"zip\":\"0155\","
                   "\"country\":\"NO\"},");
}

void
bud_sandbox_get_account (BudSandbox              *sandbox,
                         BudSandboxAudience      *audience,
                         const BudSandboxRequest *request,
                         BudSandboxReply         *reply)
{
  GPtrArray *audiences = bud_sandbox_get_audiences (sandbox);
  guint n_subscribers = 0;

  for (guint i = 0; i < audiences->len; i++)
    {
      BudSandboxAudience *one = g_ptr_array_index (audiences, i);

      bud_sandbox_audience_lock (one);
      n_subscribers += bud_sandbox_audience_count (one, BUD_SANDBOX_SUBSCRIBED);
      bud_sandbox_audience_unlock (one);
    }

  g_string_append (reply->body, "{\"account_id\":\"5a0db0c0ffee5a0db0c0ffee5\","
                   "\"login_id\":\"1000001\",\"account_name\":\"Budstikke practice account\","
                   "\"email\":\"practice@budstikke.example\",\"first_name\":\"Practice\","
                   "\"last_name\":\"Account\",\"username\":\"practice\",\"avatar_url\":\"\","
                   "\"role\":\"owner\",\"member_since\":\"" CREATED "\","
                   "\"pricing_plan_type\":\"monthly\",\"first_payment\":\"" CREATED "\","
                   "\"account_timezone\":\"Europe/Oslo\",\"account_industry\":\"Other\",");
  append_contact (reply->body);
  g_string_append_printf (reply->body, "\"pro_enabled\":false,\"last_login\":\"" CREATED "\","
                          "\"total_subscribers\":%u,\"_links\":[]}", n_subscribers);
}

void
bud_sandbox_get_ping (BudSandbox              *sandbox,
                      BudSandboxAudience      *audience,
                      const BudSandboxRequest *request,
                      BudSandboxReply         *reply)
{
  g_string_append (reply->body, "{\"health_status\":\"Everything's Chimpy!\"}");
}

static void
append_list (BudSandboxAudience *audience,
             GString            *out)
{
  guint n_subscribed = bud_sandbox_audience_count (audience, BUD_SANDBOX_SUBSCRIBED);
  guint n_unsubscribed = bud_sandbox_audience_count (audience, BUD_SANDBOX_UNSUBSCRIBED);
  guint n_cleaned = bud_sandbox_audience_count (audience, BUD_SANDBOX_CLEANED);
  guint n_fields = bud_sandbox_fields_get_size (bud_sandbox_audience_get_fields (audience));

  g_string_append_c (out, '{');
  bud_sandbox_json_put_member (out, "id", bud_sandbox_audience_get_id (audience));
  g_string_append (out, ",\"web_id\":100001,");
  bud_sandbox_json_put_member (out, "name", bud_sandbox_audience_get_name (audience));
  g_string_append_c (out, ',');
  append_contact (out);
  g_string_append (out, "\"permission_reminder\":\"You signed up on our website.\","
                   "\"use_archive_bar\":true,\"campaign_defaults\":{\"from_name\":\"Budstikke\","
                   "\"from_email\":\"practice@budstikke.example\",\"subject\":\"\","
                   "\"language\":\"en\"},\"notify_on_subscribe\":\"\","
                   "\"notify_on_unsubscribe\":\"\",\"date_created\":\"" CREATED "\","
                   "\"list_rating\":0,\"email_type_option\":false,\"double_optin\":false,"
                   "\"has_welcome\":false,\"marketing_permissions\":false,"
                   "\"visibility\":\"prv\",\"modules\":[],");
  g_string_append_printf (out, "\"stats\":{\"member_count\":%u,\"unsubscribe_count\":%u,"
                          "\"cleaned_count\":%u,\"campaign_count\":0,\"campaign_last_sent\":\"\","
                          "\"merge_field_count\":%u,\"avg_sub_rate\":0,\"avg_unsub_rate\":0,"
                          "\"open_rate\":0,\"click_rate\":0,\"last_sub_date\":\"\","
                          "\"last_unsub_date\":\"\"},\"_links\":[]}",
                          n_subscribed, n_unsubscribed, n_cleaned, n_fields);
}

void
bud_sandbox_get_lists (BudSandbox              *sandbox,
                       BudSandboxAudience      *audience,
                       const BudSandboxRequest *request,
                       BudSandboxReply         *reply)
{
  g_auto(BudSandboxProblem) problem = { 0 };
  GPtrArray *audiences = bud_sandbox_get_audiences (sandbox);
  guint count;
  guint offset;

  if (!bud_sandbox_request_get_page (request, &count, &offset, &problem))
    {
      bud_sandbox_reply_problem (reply, &problem);
      return;
    }

  g_string_append (reply->body, "{\"lists\":[");
  for (guint i = offset; i < audiences->len && i - offset < count; i++)
    {
      BudSandboxAudience *one = g_ptr_array_index (audiences, i);

      g_string_append (reply->body, i > offset ? "," : "");
      bud_sandbox_audience_lock (one);
      append_list (one, reply->body);
      bud_sandbox_audience_unlock (one);
    }
  g_string_append_printf (reply->body, "],\"total_items\":%u,\"constraints\":{\"may_create\":true,"
                          "\"max_instances\":5,\"current_total_instances\":%u},\"_links\":[]}",
                          audiences->len, audiences->len);
}

void
bud_sandbox_get_list (BudSandbox              *sandbox,
                      BudSandboxAudience      *audience,
                      const BudSandboxRequest *request,
                      BudSandboxReply         *reply)
{
  bud_sandbox_audience_lock (audience);
  append_list (audience, reply->body);
  bud_sandbox_audience_unlock (audience);
}

void
bud_sandbox_get_merge_fields (BudSandbox              *sandbox,
                              BudSandboxAudience      *audience,
                              const BudSandboxRequest *request,
                              BudSandboxReply         *reply)
{
  g_auto(BudSandboxProblem) problem = { 0 };
  const char *id = bud_sandbox_audience_get_id (audience);
  BudSandboxFields *fields = bud_sandbox_audience_get_fields (audience);
  guint count;
  guint offset;
  guint size;

  if (!bud_sandbox_request_get_page (request, &count, &offset, &problem))
    {
      bud_sandbox_reply_problem (reply, &problem);
      return;
    }

  g_string_append (reply->body, "{\"merge_fields\":[");
  bud_sandbox_audience_lock (audience);
  size = bud_sandbox_fields_get_size (fields);
  for (guint i = offset; i < size && i - offset < count; i++)
    {
      g_string_append (reply->body, i > offset ? "," : "");
      bud_sandbox_fields_append_field (fields, i, id, reply->body);
    }
  bud_sandbox_audience_unlock (audience);

  g_string_append_c (reply->body, ']');
  g_string_append_printf (reply->body, ",\"list_id\":\"%s\",\"total_items\":%u,"
                          "\"merge_field_limit\":30,\"_links\":[]}", id, size);
}

void
bud_sandbox_post_merge_field (BudSandbox              *sandbox,
                              BudSandboxAudience      *audience,
                              const BudSandboxRequest *request,
                              BudSandboxReply         *reply)
{
  g_auto(BudSandboxProblem) problem = { 0 };
  g_autoptr(BudSandboxJson) json = bud_sandbox_request_parse_body (request, &problem);
  BudSandboxFields *fields = bud_sandbox_audience_get_fields (audience);

  if (json != NULL)
    {
      bud_sandbox_audience_lock (audience);
      if (bud_sandbox_fields_create (fields, bud_sandbox_json_get_root (json), &problem))
        bud_sandbox_fields_append_field (fields, bud_sandbox_fields_get_size (fields) - 1,
                                         bud_sandbox_audience_get_id (audience), reply->body);
      bud_sandbox_audience_unlock (audience);
    }

  if (problem.kind != BUD_SANDBOX_OK)
    bud_sandbox_reply_problem (reply, &problem);
}
