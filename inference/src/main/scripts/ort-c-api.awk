# SPDX-License-Identifier: Apache-2.0
# Copyright The Intramuros Authors
#
# Lists the members of `struct OrtApi` in their order, one name a line: a line's number less one is the index in the
# table that OrtGetApiBase()->GetApi(version) returns. Run it on the header of the pinned version:
#   awk -f src/main/scripts/ort-c-api.awk onnxruntime_c_api.h \
#     > src/main/resources/io/intramuros/inference/ort/ort-c-api-29.txt
/^struct OrtApi \{/ { inside = 1; next }
inside && /^\};/ { exit }
!inside { next }
/^ *(\/\/|\*|\/\*)/ { next }
match($0, /ORT_CLASS_RELEASE\([A-Za-z]+\)/) { print "Release" substr($0, RSTART + 18, RLENGTH - 19); next }
match($0, /ORT_API2_STATUS\([A-Za-z0-9_]+/) { print substr($0, RSTART + 16, RLENGTH - 16); next }
match($0, /ORT_API_CALL *\* *[A-Za-z0-9_]+\)/) { name = substr($0, RSTART, RLENGTH - 1); sub(/.*[* ]/, "", name); print name }
match($0, /ORT_API_T\([^,]*, *[A-Za-z0-9_]+/) { name = substr($0, RSTART, RLENGTH); sub(/.*[, ]/, "", name); print name }
