// SPDX-License-Identifier: BSL-1.0
// Shared vectors: published and computed answers that lie outside the project, in the folder $CROWDRULES_SHARED.
#pragma once

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>

/// The vectors in that file, or nothing (and a message) where they are not at hand.
inline std::optional<nlohmann::json> shared_vectors(const std::string& path) {
    const char* folder = std::getenv("CROWDRULES_SHARED");
    std::ifstream file(folder != nullptr ? std::string(folder) + "/vectors/" + path : std::string());
    if (!file) {
        MESSAGE("skipped: $CROWDRULES_SHARED/vectors/" << path << " is not there");
        return std::nullopt;
    }
    return nlohmann::json::parse(file);
}
