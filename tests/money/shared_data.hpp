// SPDX-License-Identifier: BSL-1.0
// Data that the project does not carry: read from the folder that CROWDRULES_SHARED names, when it is set.
#pragma once

#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace crowdrules {

/// The text of a file below CROWDRULES_SHARED, or nothing when there is none.
inline std::optional<std::string> shared_text(const std::string& path) {
    const char* folder = std::getenv("CROWDRULES_SHARED");
    if (folder == nullptr || *folder == '\0') return std::nullopt;
    std::ifstream file(std::string(folder) + '/' + path, std::ios::binary);
    if (!file) return std::nullopt;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The rows of a CSV file below CROWDRULES_SHARED, quotes understood; empty when there is none.
inline std::vector<std::vector<std::string>> shared_csv(const std::string& path) {
    std::vector<std::vector<std::string>> rows;
    const std::optional<std::string> text = shared_text(path);
    if (!text) return rows;
    bool quoted = false;
    rows.push_back({""});
    for (const char c : *text) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            rows.back().emplace_back();
        } else if (c == '\n' && !quoted) {
            rows.push_back({""});
        } else if (c != '\r') {
            rows.back().back() += c;
        }
    }
    return rows;
}

}  // namespace crowdrules
