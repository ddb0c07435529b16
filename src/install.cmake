# SPDX-License-Identifier: BSL-1.0
# What `cmake --install` copies, and how find_package finds it there.
include(CMakePackageConfigHelpers)

# One export for each component, so that a consumer of the engine needs nothing that only text needs.
set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/crowdrules)
install(TARGETS crowdrules_engine crowdrules_format EXPORT crowdrules-engine FILE_SET HEADERS)
install(EXPORT crowdrules-engine NAMESPACE crowdrules:: DESTINATION ${config_dir})
if(TARGET crowdrules_text)
    install(TARGETS crowdrules_text EXPORT crowdrules-text FILE_SET HEADERS)
    install(EXPORT crowdrules-text NAMESPACE crowdrules:: DESTINATION ${config_dir})
    install(TARGETS crowdrules_pages EXPORT crowdrules-pages FILE_SET HEADERS)
    install(EXPORT crowdrules-pages NAMESPACE crowdrules:: DESTINATION ${config_dir})
endif()
if(TARGET crowdrules_c)
    install(TARGETS crowdrules_c EXPORT crowdrules-c FILE_SET HEADERS)
    install(EXPORT crowdrules-c NAMESPACE crowdrules:: DESTINATION ${config_dir})
endif()
if(TARGET crowdrules_program)
    install(TARGETS crowdrules_program)
endif()

configure_package_config_file(crowdrules-config.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/crowdrules-config.cmake
    INSTALL_DESTINATION ${config_dir})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/crowdrules-config-version.cmake
    COMPATIBILITY SameMinorVersion)
install(
    FILES ${CMAKE_CURRENT_BINARY_DIR}/crowdrules-config.cmake
          ${CMAKE_CURRENT_BINARY_DIR}/crowdrules-config-version.cmake
    DESTINATION ${config_dir})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

# pkg-config: the same libraries for whoever builds without CMake. Neither date nor tl-expected has such a file.
file(RELATIVE_PATH prefix_from_pkgconfig
    ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" prefix_from_pkgconfig "${prefix_from_pkgconfig}")
function(crowdrules_pkgconfig pc_name pc_description pc_requires pc_libs_private pc_cflags)
    configure_file(crowdrules.pc.in ${CMAKE_CURRENT_BINARY_DIR}/${pc_name}.pc @ONLY)
    install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${pc_name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endfunction()
crowdrules_pkgconfig(crowdrules "${PROJECT_DESCRIPTION}: the engine" "" "-ldate-tz -lfmt" "")
if(TARGET crowdrules_text)
    crowdrules_pkgconfig(crowdrules-text "${PROJECT_DESCRIPTION}: what reads and writes text" "crowdrules"
        "-ltomlplusplus -lfmt -lcrypto" "")
    crowdrules_pkgconfig(crowdrules-pages "${PROJECT_DESCRIPTION}: pictures and pages" "crowdrules-text" "" "")
endif()
if(TARGET crowdrules_c)
    crowdrules_pkgconfig(crowdrules-c "${PROJECT_DESCRIPTION}: the C interface" "" "" "")
endif()

# A package of Debian, with what its libraries need of others:  cpack -G DEB --config build/release/CPackConfig.cmake
if(PROJECT_IS_TOP_LEVEL)
    set(CPACK_PACKAGE_NAME libcrowdrules-dev)
    set(CPACK_PACKAGE_CONTACT "crowdrules")
    set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
    set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
    set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
    set(CPACK_DEBIAN_PACKAGE_SECTION libdevel)
    set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
    set(CPACK_DEBIAN_PACKAGE_DEPENDS
        "libexpected-dev, libhowardhinnant-date-dev, libfmt-dev, libtomlplusplus-dev, libssl-dev, tzdata")
    set(CPACK_STRIP_FILES ON)
    include(CPack)
endif()
