// SPDX-License-Identifier: BSL-1.0
// crowdrules check: stories as test cases, a line a case.
#include <crowdrules/stories/check.hpp>

#include "commands.hpp"
#include "io.hpp"
#include <algorithm>
#include <filesystem>
#include <words/number.hpp>

namespace crowdrules::program {
namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::directory_entry& entry) {
    std::error_code ignored;
    return entry.is_directory(ignored);
}

/// The scenarios of a folder and its subfolders, in order of name; a file stands for itself. What is called like a
/// scenario and is no file (a pipe, from which nothing may ever come) is complained of, and so is a folder that cannot
/// be read.
std::vector<std::string> scenarios_in(const std::string& path, int& code) {
    std::error_code problem;
    if (!fs::is_directory(path, problem)) return {path};
    std::vector<std::string> files;
    auto entry = fs::recursive_directory_iterator(path, problem);
    for (; !problem && entry != fs::recursive_directory_iterator(); entry.increment(problem)) {
        if (entry->path().extension() != ".toml" || is_folder(*entry)) continue;
        // A link that leads nowhere is told when it is read.
        if (std::error_code ignored; entry->is_regular_file(ignored) || !entry->exists(ignored)) {
            files.push_back(entry->path().string());
        } else {
            complain("crowdrules: " + input_name(entry->path().string()) + ": is no file; passed over\n");
            code = unusable;
        }
    }
    if (problem) {
        complain("crowdrules: " + input_name(path) + ": cannot be read to its end: " + problem.message() + "\n");
        code = unusable;
    }
    std::sort(files.begin(), files.end());
    return files;
}

CheckedCase check_file(const std::string& file) {
    const auto text = read_input(file, largest_story);
    if (!text) return {.unusable = true, .problems = {text.error()}};
    ProgressLine progress("playing " + input_name(file));
    return check_story(
        *text, input_name(file), [&](std::uint64_t done, std::uint64_t all) { progress.show(done, all); },
        files_beside(file));
}

}  // namespace

int check_files(const std::vector<std::string>& paths) {
    std::size_t passed_cases = 0, failed_cases = 0;
    int code = success;
    for (const std::string& path : paths) {
        const auto files = scenarios_in(path, code);
        if (files.empty()) {
            complain("crowdrules: " + input_name(path) + ": no scenarios (*.toml) in this folder\n");
            code = unusable;
        }
        for (const std::string& file : files) {
            const CheckedCase result = check_file(file);
            print((result.passed ? "passed  " : "FAILED  ") + input_name(file));
            if (result.values)
                print("  " + detail::counted(*result.values, "value"));
            else if (!result.unusable)
                print("  " + detail::counted(result.figures, "figure") + ", " +
                      detail::counted(result.refusals, "refusal"));
            print("\n");
            for (const std::string& problem : result.problems) print("        " + problem + "\n");
            for (const std::string& remark : result.remarks) print("        " + remark + "\n");
            ++(result.passed ? passed_cases : failed_cases);
            if (!result.passed) code = std::max<int>(code, result.unusable ? unusable : failed);
        }
    }
    print(std::to_string(passed_cases) + " passed, " + std::to_string(failed_cases) + " failed\n");
    return code;
}

}  // namespace crowdrules::program
