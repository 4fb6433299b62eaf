# model.py: what a customer file has to lead to, computed without any of our own C
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

import csv
import re

# Stricter than a mail server and good enough for the invented ones.
ADDRESS = re.compile(r"[a-z0-9_%+'-]+(\.[a-z0-9_%+'-]+)*@([a-z0-9-]+\.)+[a-z]{2,}")


def read(path):
    """The usable customers of a file of make-customers, by customer id."""
    text = path.read_bytes().decode('cp1252', errors='replace')
    rows = csv.reader(text.splitlines(keepends=True), delimiter=';')
    header = next(rows)
    customers = {}
    for row in rows:
        usable = len(row) == len(header) and not any('\ufffd' in cell for cell in row)
        if usable and row[0].strip() and row[0] not in customers:
            customers[row[0]] = dict(zip(header, row))
    return customers


def tags(customer):
    """The segments that Place.furnish() makes."""
    return {name for name, is_in in (('Newsletter', customer['Nyhetsbrev'] == 'ja'),
                                     ('Oslo', customer['Sted'] == 'Oslo')) if is_in}


def deliver(customers):
    """What an export delivers: (the customers by address, why others are held back by id)."""
    delivered, held_back, = {}, {}
    for ident in sorted(customers):
        customer = customers[ident]
        address = customer['E-post'].strip().lower()
        if not tags(customer):
            continue
        if not address:
            held_back[ident] = 'no-address'
        elif not ADDRESS.fullmatch(address):
            held_back[ident] = 'invalid-address'
        elif address in delivered:
            held_back[ident] = 'duplicate-address'
        else:
            delivered[address] = customer
    return delivered, held_back


def audience(delivered):
    """Each member as (first name, last name, tags), by address."""
    return {address: (customer['Fornavn'], customer['Etternavn'], tags(customer))
            for address, customer in delivered.items()}


def found(members, status='subscribed'):
    """The same, of what a practice Mailchimp holds."""
    return {address: (row['FNAME'], row['LNAME'], set(filter(None, row['TAGS'].split(';'))))
            for address, row in members.items() if row['STATUS'] == status}
