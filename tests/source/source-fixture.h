/* source-fixture.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bud-source.h"

/* A CSV file in the test's own folder, and what a source says about it. */
typedef struct
{
  char *path;        /* (owned) */
  BudOrigin *origin; /* (owned) */
  BudSource *source; /* (owned) (nullable): made by the first inspection */
} SourceFixture;

void            source_fixture_init    (SourceFixture        *self,
                                        const char           *bytes,
                                        gssize                len);
void            source_fixture_clear   (SourceFixture        *self);
void            source_fixture_write   (SourceFixture        *self,
                                        const char           *bytes,
                                        gssize                len);
BudSourceShape *source_fixture_inspect (SourceFixture        *self,
                                        GError              **error);
char           *source_fixture_read    (SourceFixture        *self,
                                        const BudSourceShape *shape,
                                        GError              **error);
char           *source_shape_to_text   (const BudSourceShape *shape);
char           *encode                 (const char           *text,
                                        const char           *encoding,
                                        const char           *mark,
                                        gsize                 mark_len,
                                        gsize                *len);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SourceFixture, source_fixture_clear)
