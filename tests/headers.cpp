// SPDX-License-Identifier: BSL-1.0
// Nothing: with this file the headers that most tests include are compiled once. See tests/CMakeLists.txt.
