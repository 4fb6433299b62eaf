# budctl: completion for bash
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

_budctl () {
  local word=${COMP_WORDS[COMP_CWORD]} noun=${COMP_WORDS[1]} verb=${COMP_WORDS[2]}
  local -a words

  case $COMP_CWORD in
    1) mapfile -t words < <(budctl --commands | cut -d ' ' -f 1 | sort -u) ;;
    2) mapfile -t words < <(budctl --commands | sed -n "s/^$noun //p") ;;
    *)
      if [[ $word == -* ]]; then
        mapfile -t words < <(budctl "$noun" "$verb" --help | grep -oE -- '--[a-z-]+')
      else
        compopt -o default
      fi
      ;;
  esac

  mapfile -t COMPREPLY < <(compgen -W "${words[*]}" -- "$word")
}

complete -F _budctl budctl
