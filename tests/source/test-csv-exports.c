/* test-csv-exports.c
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "source-fixture.h"

/* Files in the manner of other programs, with the habits each of them has. */

typedef struct
{
  const char *name;
  const char *text;     /* UTF-8 */
  const char *encoding; /* what the program writes */
  const char *mark;
  gsize mark_len;
  const char *shape;
  const char *rows;
} Export;

static const char hubspot[] =
  "\"Record ID\",\"First Name\",\"Last Name\",\"Email\",\"Phone Number\",\"Lifecycle Stage\","
  "\"Marketing contact status\",\"Create Date\",\"Number of Form Submissions\",\"Notes\"\n"
  "\"51\",\"Kari\",\"Nordmann\",\"kari@example.com\",\"+47 22 33 44 55\",\"customer\","
  "\"Marketing contact\",\"2024-02-29 08:15\",\"3\",\"Called.\nSaid \"\"later\"\".\n\"\n"
  "\"101\",\"Søren\",\"\",\"soren@example.com\",\"\",\"lead\",\"Non-marketing contact\","
  "\"2025-11-03 17:40\",\"0\",\"\"\n"
  "\"151\",\"O'Neil, Pat\",\"Lie\",\"\",\"22334455\",\"lead\",\"\",\"2025-11-03 17:40\",\"\","
  "\"a, b; c\"\n";

static const char dynamics[] =
  "(Do Not Modify) Contact,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Full Name,"
  "emailaddress1,donotbulkemail,birthdate,creditlimit,address1_postalcode,statecode\r\n"
  "0a1b2c3d-0000-1111-2222-333344445555,q1w2==,2026-03-01T09:30:00Z,Ola Nordmann,"
  "ola@example.com,False,1970-01-31,150000.00,0150,0\r\n"
  "9f8e7d6c-0000-1111-2222-333344445555,a3s4==,2026-03-01T09:30:01Z,Åse Lie,,True,,"
  "2500.50,5003,0\r\n"
  "11111111-0000-1111-2222-333344445555,a3s4==,2026-03-02T10:00:00Z,\"Lie, Åse\",,True,,"
  "0.00,9990,1\r\n";

static const char visma[] =
  "Kundenr;Navn;Adresse;Postnr;Sted;Telefon;E-post;Saldo;Sist kjøpt;Nyhetsbrev;Landkode;\r\n"
  "10001;Bjørns Rørlegger AS;Storgata 5;0184;Oslo;22 33 44 55;bjorn@example.no;"
  "1\xc2\xa0" "234,50;31.12.2025;Ja;NO;\r\n"
  "10002;\"Hansen; Sønn & Co\";\"Nedre \"\"Åsen\"\" 3\";9008;Tromsø;;post@example.no;-12,00;"
  "1.2.2026;Nei;NO;\r\n"
  "10003;Ødegård;;5003;Bergen;98765432;;0,00;;Nei;NO;\r\n"
  ";;;;;;;;;;;\r\n";

static const char excel[] =
  "Navn\tFødt\tBeløp\tMerknad\r\n"
  "Kari Nordmann\t17.05.1980\t1 234,50\t\"to\nlinjer\"\r\n"
  "Ærlig Ås\t\t12\t\"\"\"sitat\"\"\"\r\n";

static const char mailchimp[] =
  "Email Address,First Name,Last Name,Address,Phone Number,Birthday,MEMBER_RATING,OPTIN_TIME,"
  "OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,"
  "LAST_CHANGED,LEID,EUID,NOTES,TAGS\n"
  "kari@example.com,Kari,Nordmann,,,05/17,2,\"\",,\"2024-01-02 03:04:05\",192.0.2.1,59.9138870,"
  "10.7387400,1,2,Europe/Oslo,NO,03,\"2025-06-07 08:09:10\",501234567,a1b2c3d4e5,,"
  "\"\"\"VIP\"\",\"\"Oslo\"\"\"\n"
  "ola@example.com,Ola,,,,,3,\"\",,\"2024-02-02 03:04:05\",192.0.2.2,,,,,,NO,,"
  "\"2025-06-07 08:09:11\",501234571,b1b2c3d4e5,,\n";

static const Export exports[] = {
  { "HubSpot", hubspot, "UTF-8", "", 0,
    "UTF-8 , rows=3 key=0 Record ID:integer,First Name:text,Last Name:text,Email:text,"
    "Phone Number:text,Lifecycle Stage:text,Marketing contact status:text,Create Date:date,"
    "Number of Form Submissions:integer,Notes:text",
    "2 51:51|Kari|Nordmann|kari@example.com|+47 22 33 44 55|customer|Marketing contact|"
    "2024-02-29T08:15:00|3|Called.\nSaid \"later\".\n"
    "5 101:101|Søren|-|soren@example.com|-|lead|Non-marketing contact|2025-11-03T17:40:00|0|-\n"
    "6 151:151|O'Neil, Pat|Lie|-|22334455|lead|-|2025-11-03T17:40:00|-|a, b; c\n" },
  { "Dynamics 365", dynamics, "UTF-8", "\xef\xbb\xbf", 3,
    "UTF-8 , rows=3 key=0 (Do Not Modify) Contact:text,(Do Not Modify) Row Checksum:text,"
    "(Do Not Modify) Modified On:date,Full Name:text,emailaddress1:text,donotbulkemail:boolean,"
    "birthdate:date,creditlimit:decimal,address1_postalcode:text,statecode:integer",
    "2 0a1b2c3d-0000-1111-2222-333344445555:0a1b2c3d-0000-1111-2222-333344445555|q1w2==|"
    "2026-03-01T09:30:00|Ola Nordmann|ola@example.com|0|1970-01-31|150000|0150|0\n"
    "3 9f8e7d6c-0000-1111-2222-333344445555:9f8e7d6c-0000-1111-2222-333344445555|a3s4==|"
    "2026-03-01T09:30:01|Åse Lie|-|1|-|2500.5|5003|0\n"
    "4 11111111-0000-1111-2222-333344445555:11111111-0000-1111-2222-333344445555|a3s4==|"
    "2026-03-02T10:00:00|Lie, Åse|-|1|-|0|9990|1\n" },
  { "Visma", visma, "WINDOWS-1252", "", 0,
    "WINDOWS-1252 ; rows=4 key=0 Kundenr:integer,Navn:text,Adresse:text,Postnr:text,Sted:text,"
    "Telefon:text,E-post:text,Saldo:decimal,Sist kjøpt:date,Nyhetsbrev:boolean,Landkode:text,"
    "Column 12:text",
    "2 10001:10001|Bjørns Rørlegger AS|Storgata 5|0184|Oslo|22 33 44 55|bjorn@example.no|1234.5|"
    "2025-12-31|1|NO|-\n"
    "3 10002:10002|Hansen; Sønn & Co|Nedre \"Åsen\" 3|9008|Tromsø|-|post@example.no|-12|"
    "2026-02-01|0|NO|-\n"
    "4 10003:10003|Ødegård|-|5003|Bergen|98765432|-|0|-|0|NO|-\n"
    "!5.1 empty-key ;;;;;;;;;;;\n" },
  { "Excel's Unicode text", excel, "UTF-16LE", "\xff\xfe", 2,
    "UTF-16LE tab rows=2 key=-1 Navn:text,Født:date,Beløp:decimal,Merknad:text", NULL },
  { "Mailchimp", mailchimp, "UTF-8", "", 0,
    "UTF-8 , rows=2 key=20 Email Address:text,First Name:text,Last Name:text,Address:text,"
    "Phone Number:text,Birthday:text,MEMBER_RATING:integer,OPTIN_TIME:text,OPTIN_IP:text,"
    "CONFIRM_TIME:date,CONFIRM_IP:text,LATITUDE:decimal,LONGITUDE:decimal,GMTOFF:integer,"
    "DSTOFF:integer,TIMEZONE:text,CC:text,REGION:text,LAST_CHANGED:date,LEID:integer,EUID:text,"
    "NOTES:text,TAGS:text",
    "2 a1b2c3d4e5:kari@example.com|Kari|Nordmann|-|-|05/17|2|-|-|2024-01-02T03:04:05|192.0.2.1|"
    "59.913887|10.73874|1|2|Europe/Oslo|NO|03|2025-06-07T08:09:10|501234567|a1b2c3d4e5|-|"
    "\"VIP\",\"Oslo\"\n"
    "3 b1b2c3d4e5:ola@example.com|Ola|-|-|-|-|3|-|-|2024-02-02T03:04:05|192.0.2.2|-|-|-|-|-|NO|-|"
    "2025-06-07T08:09:11|501234571|b1b2c3d4e5|-|-\n" },
};

static void
test_export (gconstpointer data)
{
  const Export *it = data;
  g_auto(SourceFixture) fixture = { NULL, };
  g_autoptr(BudSourceShape) shape = NULL;
  g_autoptr(GError) error = NULL;
  gsize len;
  g_autofree char *bytes = encode (it->text, it->encoding, it->mark, it->mark_len, &len);
  g_autofree char *text = NULL;
  g_autofree char *rows = NULL;

  source_fixture_init (&fixture, bytes, len);
  shape = source_fixture_inspect (&fixture, &error);
  g_assert_no_error (error);
  text = source_shape_to_text (shape);
  g_assert_cmpstr (text, ==, it->shape);
  if (it->rows == NULL)
    return;

  rows = source_fixture_read (&fixture, shape, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, it->rows);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (exports); i++)
    {
      g_autofree char *path = g_strdup_printf ("/csv-exports/%s", exports[i].name);

      g_test_add_data_func (path, &exports[i], test_export);
    }

  return g_test_run ();
}
