# SPDX-License-Identifier: BSL-1.0
# Writes what the headers say about structs, their fields and enumerations, as rows of C++ in the order of their names:
#
#   {"crowdrules::FeeBand::rate", "0.05 for 5%"},
#
#   cmake -D OUTPUT=<file> -D WORDS=<file> -D "HEADERS=<file>|<file>" -P collect_documentation.cmake
#
# The text about a field is the comment behind it (///<), or else the one above it (///). `WORDS` has what a field of a
# name means wherever a struct says nothing of its own: "`rounding`: how it is rounded". Its rows have the bare name.
# The headers are formatted as .clang-format says, so that indentation tells what belongs to what.
cmake_minimum_required(VERSION 3.25)

# Lists of CMake cannot hold ; [ ] as they are.
string(ASCII 1 end)
string(ASCII 2 open)
string(ASCII 3 close)
# A field: "std::optional<Window> opens, closes{};"
set(type "([A-Za-z][^(={]*[ >*&])")
set(field "([a-z][a-z0-9_]*(, [a-z][a-z0-9_]*)*)")
set(value "( = [^${end}]*|{[^${end}]*})")

set(rows "")
macro(add_row name text)
    string(STRIP "${text}" told)
    string(REPLACE "\\" "\\\\" told "${told}")
    string(REPLACE "\"" "\\\"" told "${told}")
    if(NOT told STREQUAL "")
        list(APPEND rows "    {\"${name}\", \"${told}\"},")
    endif()
endmacro()

# What stands behind the field last seen may go on in the next lines.
macro(end_field)
    foreach(name IN LISTS names)
        add_row("${around}::${name}" "${behind}")
    endforeach()
    set(names "")
    set(behind "")
endmacro()

function(lines_of file out)
    file(READ ${file} text)
    string(REPLACE ";" "${end}" text "${text}")
    string(REPLACE "[" "${open}" text "${text}")
    string(REPLACE "]" "${close}" text "${text}")
    string(REPLACE "\n" ";" text "${text}")
    set(${out} "${text}" PARENT_SCOPE)
endfunction()

string(REPLACE "|" ";" HEADERS "${HEADERS}")
foreach(header IN LISTS HEADERS)
    lines_of(${header} lines)
    set(around "")   # the namespace, and the structs within it
    set(indents "")  # of these structs
    set(above "")
    set(names "")
    set(behind "")
    foreach(line IN LISTS lines)
        if(line MATCHES "^ *///< *(.*)$")
            string(APPEND behind " ${CMAKE_MATCH_1}")
            continue()
        elseif(line MATCHES "^ */// ?(.*)$")
            end_field()
            string(APPEND above " ${CMAKE_MATCH_1}")
            continue()
        endif()
        end_field()
        if(line MATCHES "^namespace ([A-Za-z_:]+) {$")
            set(around "${CMAKE_MATCH_1}")
        elseif(line MATCHES "^( *)(struct|class|enum class) ([A-Za-z]+)( .*)?[{${end}]$")
            set(indent "${CMAKE_MATCH_1}|")
            set(name "${CMAKE_MATCH_3}")
            add_row("${around}::${name}" "${above}")
            if(line MATCHES "{$")
                list(APPEND indents "${indent}")
                string(APPEND around "::${name}")
            endif()
        elseif(indents)
            list(GET indents -1 indent)
            string(REPLACE "|" "" indent "${indent}")
            if(line MATCHES "^${indent}}")
                list(POP_BACK indents)
                string(REGEX REPLACE "::[A-Za-z]+$" "" around "${around}")
            elseif(line MATCHES "^${indent}    ${type}${field}${value}?${end}( *///< *(.*))?$")
                string(REPLACE ", " ";" names "${CMAKE_MATCH_2}")
                set(behind "${CMAKE_MATCH_6}")
                if(behind STREQUAL "")
                    set(behind "${above}")
                endif()
            endif()
        endif()
        set(above "")
    endforeach()
endforeach()

lines_of(${WORDS} lines)
foreach(line IN LISTS lines)
    if(line MATCHES "^`([a-z_]+)`: (.*)$")
        add_row("${CMAKE_MATCH_1}" "${CMAKE_MATCH_2}")
    endif()
endforeach()

list(SORT rows)
list(REMOVE_DUPLICATES rows)
string(REPLACE ";" "\n" rows "${rows}")
string(REPLACE "${end}" ";" rows "${rows}")
string(REPLACE "${open}" "[" rows "${rows}")
string(REPLACE "${close}" "]" rows "${rows}")
file(WRITE ${OUTPUT} "// Collected from the headers: see src/protocol/collect_documentation.cmake.\n${rows}\n")
