/* bud-json.h
 *
 * Copyright 2026 The Budstikke developers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "bud-net-types.h"

G_BEGIN_DECLS

/* Deeper nesting than this is refused. */
#define BUD_JSON_MAX_DEPTH 64

JsonNode   *bud_json_parse            (GBytes      *bytes,
                                       GError     **error);

/* Each of these gives the default (NULL, 0, FALSE) for what is missing, null or of another type,
 * and takes NULL for the node, object or array, so that calls can be put inside each other. */
JsonObject *bud_json_get_root_object  (JsonNode    *node);
const char *bud_json_get_string       (JsonObject  *object,
                                       const char  *name);
gint64      bud_json_get_int          (JsonObject  *object,
                                       const char  *name);
gboolean    bud_json_get_bool         (JsonObject  *object,
                                       const char  *name);
JsonObject *bud_json_get_object       (JsonObject  *object,
                                       const char  *name);
JsonArray  *bud_json_get_array        (JsonObject  *object,
                                       const char  *name);
guint       bud_json_array_get_length (JsonArray   *array);
JsonObject *bud_json_array_get_object (JsonArray   *array,
                                       guint        index);
const char *bud_json_array_get_string (JsonArray   *array,
                                       guint        index);

G_END_DECLS
