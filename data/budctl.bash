# budctl: completion for bash
#
# Copyright 2026 The Budstikke developers
#
# SPDX-License-Identifier: GPL-3.0-or-later

_budctl () {
  local word=${COMP_WORDS[COMP_CWORD]} i
  local -a words said=()

  # The noun and the verb, wherever the options of all commands stand.
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      -w|--workspace) ((i++)) ;;
      -*) ;;
      *) said+=("${COMP_WORDS[i]}") ;;
    esac
  done

  if [[ $word == -* ]] && ((${#said[@]} >= 2)); then
    mapfile -t words < <(budctl "${said[@]:0:2}" --help | grep -oE -- '--[a-z-]+')
  elif ((${#said[@]} == 0)); then
    mapfile -t words < <(budctl --commands | cut -d ' ' -f 1 | sort -u)
  elif ((${#said[@]} == 1)); then
    mapfile -t words < <(budctl --commands | sed -n "s/^${said[0]} //p")
  else
    compopt -o default 2>/dev/null
  fi

  mapfile -t COMPREPLY < <(compgen -W "${words[*]}" -- "$word")
}

complete -F _budctl budctl
