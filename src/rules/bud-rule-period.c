/* bud-rule-period.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bud-rule-private.h"

#define FIRST_DAY_OF_ALL "0001-01-01"

static GDateTime *
go_back (GDateTime   *today,
         BudRuleUnit  unit,
         int          n)
{
  switch (unit)
    {
    case BUD_RULE_UNIT_DAYS:
      return g_date_time_add_days (today, -n);
    case BUD_RULE_UNIT_WEEKS:
      return g_date_time_add_weeks (today, -n);
    case BUD_RULE_UNIT_MONTHS:
      return g_date_time_add_months (today, -n);
    case BUD_RULE_UNIT_YEARS:
      return g_date_time_add_years (today, -n);
    }

  g_return_val_if_reached (NULL);
}

static void
print_day (GDateTime *day,
           char       out[11])
{
  g_snprintf (out, 11, "%04d-%02d-%02d", g_date_time_get_year (day), g_date_time_get_month (day),
              g_date_time_get_day_of_month (day));
}

/* The first and the last day of a relative period, both inside it, where @now is what the
 * customer's calendar and clock show: its zone decides which day is today. */
void
_bud_rule_period (BudRule   *condition,
                  GDateTime *now,
                  char       first[11],
                  char       last[11])
{
  g_autoptr (GDateTime) today = NULL;
  g_autoptr (GDateTime) start = NULL;
  int year, month, day;

  /* In UTC no day is cut short by summer time. */
  g_date_time_get_ymd (now, &year, &month, &day);
  today = g_date_time_new_utc (year, month, day, 0, 0, 0);
  if (condition->op->test == BUD_RULE_TEST_PERIOD)
    start = go_back (today, condition->unit,
                     (int) g_ascii_strtoll (g_ptr_array_index (condition->values, 0), NULL, 10));
  else
    start = g_date_time_new_utc (year, 1, 1, 0, 0, 0);

  print_day (today, last);
  if (start != NULL)
    print_day (start, first);
  else
    g_strlcpy (first, FIRST_DAY_OF_ALL, 11);
}
