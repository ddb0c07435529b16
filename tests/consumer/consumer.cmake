# SPDX-License-Identifier: BSL-1.0
# Projects that use crowdrules are built and tested. An installed copy serves the first kind; the others compile
# crowdrules once more, so only continuous integration asks for them.
set(CROWDRULES_TEST_CONSUMERS find_package CACHE STRING "find_package;add_subdirectory;FetchContent, or fewer")
mark_as_advanced(CROWDRULES_TEST_CONSUMERS)

set(prefix ${CMAKE_CURRENT_BINARY_DIR}/installed)
add_test(NAME consumer.install COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --prefix ${prefix})
set_tests_properties(consumer.install PROPERTIES FIXTURES_SETUP installed LABELS consumer)

foreach(how IN LISTS CROWDRULES_TEST_CONSUMERS)
    add_test(NAME consumer.${how}
        COMMAND ${CMAKE_CTEST_COMMAND}
            --build-and-test ${CMAKE_CURRENT_SOURCE_DIR}/consumer ${CMAKE_CURRENT_BINARY_DIR}/${how}
            --build-generator ${CMAKE_GENERATOR}
            --build-options -D HOW=${how} -D CMAKE_PREFIX_PATH=${prefix} -D CMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}
                            -D CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER}
            --test-command ${CMAKE_CTEST_COMMAND} --output-on-failure)
    set_tests_properties(consumer.${how} PROPERTIES FIXTURES_REQUIRED installed LABELS consumer)
endforeach()

find_program(PKG_CONFIG pkg-config)
if(PKG_CONFIG AND TARGET crowdrules_c AND NOT BUILD_SHARED_LIBS)
    add_test(NAME consumer.without_cmake COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/consumer/without_cmake ${prefix})
    set_tests_properties(consumer.without_cmake PROPERTIES FIXTURES_REQUIRED installed LABELS consumer)
endif()
find_program(CPACK cpack)
find_program(DPKG_DEB dpkg-deb)
if(CPACK AND DPKG_DEB AND PKG_CONFIG AND TARGET crowdrules_c AND NOT BUILD_SHARED_LIBS)
    add_test(NAME consumer.debian_package
        COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/consumer/debian_package ${PROJECT_BINARY_DIR}
                ${CMAKE_CURRENT_BINARY_DIR}/debian_package)
    set_tests_properties(consumer.debian_package PROPERTIES LABELS consumer)
endif()
