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
