/* test-field.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-error.h"
#include "bud-field.h"

static GPtrArray *
new_fields (const char *const *names)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) bud_field_unref);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *column = g_strdup_printf ("c%u", i);

      g_ptr_array_add (fields, bud_field_new (names[i], BUD_FIELD_TEXT, column));
    }

  return fields;
}

static void
assert_found (GPtrArray  *fields,
              const char *name,
              const char *column)
{
  BudField *field = bud_field_find (fields, name);

  g_test_message ("“%s”", name);
  g_assert_cmpstr (field != NULL ? bud_field_get_column (field) : NULL, ==, column);
}

static void
test_properties (void)
{
  g_autoptr(BudField) field = bud_field_new ("Født", BUD_FIELD_DATE, "c7");
  g_autoptr(BudField) same = bud_field_ref (field);
  g_autoptr(BudField) boxed = g_boxed_copy (BUD_TYPE_FIELD, field);

  g_assert_true (same == field);
  g_assert_true (boxed == field);
  g_assert_cmpstr (bud_field_get_name (field), ==, "Født");
  g_assert_cmpstr (bud_field_get_column (field), ==, "c7");
  g_assert_cmpint (bud_field_get_field_type (field), ==, BUD_FIELD_DATE);
}

static void
test_find (void)
{
  static const char *const names[] = { "E-post", "Født", "navn", "Navn", "NAVN", NULL };
  g_autoptr(GPtrArray) fields = new_fields (names);

  assert_found (fields, "E-post", "c0");
  assert_found (fields, "e-POST", "c0");
  assert_found (fields, "FØDT", "c1");
  assert_found (fields, "fo\xcc\xb8" "dt", NULL);
  assert_found (fields, "epost", NULL);
  assert_found (fields, "", NULL);

  /* Exactly written, each of three look-alikes is found; otherwise none of them is meant. */
  assert_found (fields, "navn", "c2");
  assert_found (fields, "Navn", "c3");
  assert_found (fields, "NAVN", "c4");
  assert_found (fields, "nAvN", NULL);
}

static void
test_require (void)
{
  static const char *const names[] = { "E-post", "Fornavn", NULL };
  g_autoptr(GPtrArray) fields = new_fields (names);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (bud_field_require (fields, "fornavn", &error));
  g_assert_no_error (error);

  g_assert_null (bud_field_require (fields, "Fornamn", &error));
  g_assert_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==,
                   "There is no field called “Fornamn”. Did you mean “Fornavn”?");
  g_clear_error (&error);

  g_assert_null (bud_field_require (fields, "Telefon", &error));
  g_assert_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "There is no field called “Telefon”.");
  g_clear_error (&error);

  g_ptr_array_set_size (fields, 0);
  g_assert_null (bud_field_require (fields, "E-post", &error));
  g_assert_error (error, BUD_ERROR, BUD_ERROR_NOT_FOUND);
}

static void
test_labels (void)
{
  g_assert_cmpstr (bud_field_type_to_label (BUD_FIELD_TEXT), ==, "text");
  g_assert_cmpstr (bud_field_type_to_label (BUD_FIELD_INTEGER), ==, "whole number");
  g_assert_cmpstr (bud_field_type_to_label (BUD_FIELD_DECIMAL), ==, "decimal number");
  g_assert_cmpstr (bud_field_type_to_label (BUD_FIELD_DATE), ==, "date");
  g_assert_cmpstr (bud_field_type_to_label (BUD_FIELD_BOOLEAN), ==, "yes/no");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/field/properties", test_properties);
  g_test_add_func ("/core/field/find", test_find);
  g_test_add_func ("/core/field/require", test_require);
  g_test_add_func ("/core/field/labels", test_labels);

  return g_test_run ();
}
