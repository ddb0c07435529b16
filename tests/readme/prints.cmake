# SPDX-License-Identifier: BSL-1.0
# cmake -D PROGRAM=<path> -D EXPECTED=<file> -P prints.cmake      fails unless the program prints just that
execute_process(COMMAND ${PROGRAM} OUTPUT_VARIABLE printed RESULT_VARIABLE code)
file(READ ${EXPECTED} expected)
if(NOT code EQUAL 0 OR NOT printed STREQUAL expected)
    message(FATAL_ERROR "${PROGRAM} ended with ${code} and printed\n${printed}\nbut was expected to print\n${expected}")
endif()
