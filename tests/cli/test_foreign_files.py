#!/usr/bin/python3
# test_foreign_files.py: what other programs export, as they write it
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

from harness import equal, main, test

# HubSpot: UTF-8, commas, every cell in quotation marks, ISO times.
HUBSPOT = '''"Record ID","First Name","Last Name","Email","Phone Number","Contact owner",\
"Lifecycle Stage","Marketing contact status","Create Date","Annual Revenue"
"151","Åse","Sæther","ase@fjord.example","+47 01 23 45 67","Kari (kari@nord.example)",\
"Customer","true","2025-03-14 09:26","1250000.5"
"152","Bjørn","O'Neil, Jr.","bjorn@fjord.example","","","Lead","false","2025-04-01 00:00",""
"153","Zoë","Holm","zoe@nord.example","+47 02 00 00 00","","Customer","true","2024-02-29 12:00",\
"99"
'''

# Dynamics 365, set to Norwegian: hidden columns in front, a checksum, and line breaks in notes.
DYNAMICS = '''(Do Not Modify) Contact,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,\
Full Name,Email,Do not allow Emails,Description,Birthday\r
5a1c1c1e-0000-4000-8000-000000000001,q1w2+e3/4==,14.03.2025 09:26,Kari Nordmann,\
kari@fjord.example,Allow,"Called twice.\r
Wants ""the big one"".",31.01.1980\r
5a1c1c1e-0000-4000-8000-000000000002,q1w2+e3/5==,01.12.2025 12:00,Ola Nordmann,\
ola@fjord.example,Do Not Allow,,24.12.1975\r
'''

# SuperOffice and Visma: Windows-1252, semicolons, a comma in numbers, spaces in thousands.
SUPEROFFICE = '''Kontaktnr;Firma;Etternavn;E-post;Postnr;Omsetning;Kredittgrense;Opprettet;Aktiv\r
10001;Fjordfisk & Sønn AS;Ødegård;post@fjord.example;0150;1 234 567,50;-500,00;01.02.2024;ja\r
10002;Nord; Sør AS;Ås;post@nord.example;9800;0,00;;29.02.2024;nei\r
10003;"Øst; Vest AS";Håkonsen;ost@nord.example;0368;12,5;1000;31.12.2025;ja\r
'''

# Excel's “Unicode text”: UTF-16 with a mark, tabs, local numbers.
EXCEL = '''Kunde-ID\tNavn\tE-post\tSaldo\tFødt\r
A-1\tÅse Łukasz\tase@fjord.example\t1 000,00\t24.12.1980\r
A-2\t"Tab\there"\ttab@fjord.example\t-3,5\t01.01.2000\r
A-3\t日本\tjp@fjord.example\t\t\r
'''

# Mailchimp's own: the columns of an audience export.
MAILCHIMP = '''"Email Address","First Name","Last Name",Address,"Phone Number",MEMBER_RATING,\
OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,LATITUDE,EUID,NOTES,TAGS
ase@fjord.example,Åse,Sæther,"Gata 1  Oslo  0150  NO",,2,,,"2025-03-14 09:26:53",59.9139000,\
0123456789,,"""Newsletter"",""Oslo"""
ola@nord.example,Ola,"Von ""X""",,,4,"2025-03-14 09:26:53",192.0.2.1,"2025-03-14 09:26:53",,\
abcdef0123,"a note",
'''


def bring(place, name, data, *options):
    """Imports a file. Returns the report, the types by field, and the rows by customer."""
    place.budctl('workspace', 'init')
    report = place.json('customers', 'import', place.write(name, data), *options).object
    fields = {field['name']: field['type'] for field in place.json('customers', 'fields').objects}
    rows = {row['customer_id']: row for row in place.json('customers', 'list').objects}
    return report, fields, rows


@test
def hubspot(place):
    report, fields, rows = bring(place, 'hubspot-crm-exports-all-contacts.csv', HUBSPOT)
    equal((report['customers'], report['rejected']), (3, 0))
    equal((report['key'], report['encoding'], report['delimiter']), ('Record ID', 'UTF-8', ','))
    equal((fields['Record ID'], fields['Email'], fields['Phone Number']),
          ('integer', 'text', 'text'))
    equal((fields['Marketing contact status'], fields['Annual Revenue']), ('boolean', 'decimal'))
    equal(rows['152']['Last Name'], "O'Neil, Jr.")
    equal(rows['151']['Annual Revenue'], '1250000.5')
    equal(place.json('customers', 'count', '--where',
                     '[Marketing contact status] is true and [Annual Revenue] > 100').object,
          {'count': 1})


@test
def dynamics_365(place):
    report, fields, rows = bring(place, 'My Active Contacts.csv', DYNAMICS)
    equal((report['customers'], report['rejected']), (2, 0))
    equal(report['key'], '(Do Not Modify) Contact')
    equal((fields['Full Name'], fields['Birthday'], fields['(Do Not Modify) Modified On']),
          ('text', 'date', 'date'))
    kari = rows['5a1c1c1e-0000-4000-8000-000000000001']
    assert kari['Description'].endswith('Wants "the big one".'), kari
    equal(kari['Birthday'], '1980-01-31')
    equal(place.json('customers', 'count', '--where', '[Do not allow Emails] = "Allow"').object,
          {'count': 1})


@test
def american_dates_stay_text(place):
    """3/4/2025 is another day in London than in New York, so nobody guesses."""
    _, fields, rows = bring(place, 'us.csv', 'id,born\n1,1/31/1980\n2,12/24/1975\n')
    equal(fields['born'], 'text')
    equal(rows['1']['born'], '1/31/1980')


@test
def superoffice(place):
    report, fields, rows = bring(place, 'kontakter.csv', SUPEROFFICE.encode('cp1252'))
    # One row has a semicolon that was not quoted.
    equal((report['customers'], report['rejected']), (2, 1))
    equal((report['key'], report['encoding'], report['delimiter']),
          ('Kontaktnr', 'WINDOWS-1252', ';'))
    equal((fields['Omsetning'], fields['Opprettet'], fields['Aktiv']),
          ('decimal', 'date', 'boolean'))
    equal(fields['Postnr'], 'text', 'a postcode that begins with 0')
    equal(rows['10001']['Omsetning'], '1234567.5')
    equal((rows['10001']['Postnr'], rows['10001']['Opprettet']), ('0150', '2024-02-01'))
    equal((rows['10003']['Firma'], rows['10003']['Etternavn']), ('Øst; Vest AS', 'Håkonsen'))


@test
def excel_unicode_text(place):
    for codec, name in (('utf-16-le', 'UTF-16LE'), ('utf-16-be', 'UTF-16BE')):
        place.workspace = place.path / codec
        report, fields, rows = bring(place, 'Bok1.txt', ('\ufeff' + EXCEL).encode(codec))
        equal((report['customers'], report['rejected']), (3, 0))
        equal((report['key'], report['encoding'], report['delimiter']), ('Kunde-ID', name, 'tab'))
        equal((fields['Saldo'], fields['Født']), ('decimal', 'date'))
        equal((rows['A-1']['Navn'], rows['A-1']['Saldo']), ('Åse Łukasz', '1000'))
        equal(rows['A-3']['Navn'], '日本')


@test
def mailchimp_itself(place):
    report, fields, rows = bring(place, 'subscribed_email_audience_export_1.csv', MAILCHIMP,
                                 '--key', 'Email Address')
    equal((report['customers'], report['rejected']), (2, 0))
    equal((fields['Email Address'], fields['EUID']), ('text', 'text'))
    equal((fields['MEMBER_RATING'], fields['LATITUDE']), ('integer', 'decimal'))
    equal(rows['ase@fjord.example']['TAGS'], '"Newsletter","Oslo"')
    equal(rows['ola@nord.example']['Last Name'], 'Von "X"')
    equal(place.json('customers', 'count', '--where', 'TAGS contains "Newsletter"').object,
          {'count': 1})


@test
def a_chosen_type_is_kept(place):
    report, fields, rows = bring(place, 'kontakter.csv', SUPEROFFICE.encode('cp1252'), '--type',
                                 'Omsetning=text', '--type', 'Postnr=integer', '--encoding',
                                 'cp1252', '--delimiter', ';')
    equal((fields['Omsetning'], fields['Postnr']), ('text', 'integer'))
    equal((rows['10001']['Omsetning'], rows['10001']['Postnr']), ('1 234 567,50', '150'))
    equal(report['customers'], 2)


@test
def another_file_of_the_same_name_replaces_nobody_unasked(place):
    place.budctl('workspace', 'init')
    (place.path / 'old').mkdir()
    first = place.write('people.csv', 'id,name\n1,Kari\n2,Ola\n')
    second = place.write('old/people.csv', 'id,name\n9,Nils\n')
    place.budctl('customers', 'import', first)

    place.fails('customers', 'import', second, says=['people.csv', str(first), '--source'])
    equal(place.json('customers', 'count').object, {'count': 2})
    place.budctl('customers', 'import', second, '--source', 'Archive')
    equal(place.json('customers', 'count').object, {'count': 3})
    place.budctl('customers', 'import', second, '--source', 'people.csv')
    equal(place.json('customers', 'count').object, {'count': 1})
    # Read again where it was read last, it needs no name.
    place.budctl('customers', 'import', second)


if __name__ == '__main__':
    main()
