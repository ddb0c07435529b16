// SPDX-License-Identifier: BSL-1.0
#include "pack_files.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace crowdrules::python {

ReadText files_beside(const std::string& source) {
    namespace fs = std::filesystem;
    return [folder = fs::path(source).parent_path()](const std::string& name) -> Result<std::string, std::string> {
        const fs::path path = folder / name;
        std::error_code problem;
        if (!fs::is_regular_file(path, problem)) return failure(path.string() + ": there is no such file");
        constexpr std::uintmax_t most = std::uintmax_t{64} << 20;
        if (fs::file_size(path, problem) > most) return failure(path.string() + ": more than 64 MiB");
        std::ostringstream text;
        text << std::ifstream(path, std::ios::binary).rdbuf();
        return text.str();
    };
}

}  // namespace crowdrules::python
