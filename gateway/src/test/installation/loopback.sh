#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
#
# Runs a command in a network that has a loopback and a trap: one more interface with the default route and the only name
# server behind it, where nobody is. Whatever would leave the machine is counted there. To be run as
#   unshare -rnm loopback.sh FOLDER COMMAND…
# It ends with the command's status. Its last lines say how many packets the trap had counted before the command, after
# it, and after a look-up of a name that was made to show that the trap works.
set -euo pipefail

sent() {
    set -- $(sed -n 's/^ *trap0: *//p' /proc/net/dev)
    printf '%s\n' "${10}"
}

folder=$1
shift
ip link set lo up
ip link add trap0 type veth peer name trap1
ip link set trap0 addrgenmode none
ip link set trap1 addrgenmode none
ip link set trap0 up
ip link set trap1 up
ip addr add 192.0.2.2/24 dev trap0
ip neigh add 192.0.2.1 lladdr 02:00:00:00:00:01 dev trap0
ip route add default via 192.0.2.1 dev trap0
echo "nameserver 192.0.2.1" >"$folder/resolv.conf"
mount --bind "$folder/resolv.conf" /etc/resolv.conf

echo "trap before: $(sent)"
status=0
"$@" || status=$?
echo "trap after: $(sent)"
timeout 2 getent hosts www.example.org >&2 || true
echo "trap control: $(sent)"
exit "$status"
