// SPDX-License-Identifier: BSL-1.0
// Commands: what the program can be asked to do. Each returns the program's exit code.
#pragma once

#include <crowdrules/core/text_error.hpp>

#include <optional>
#include <string>
#include <vector>

namespace crowdrules::program {

/// Thrown where a command cannot go on: what is told before it ends with `unusable`.
struct Unusable {
    std::string why;
};

struct ShowOptions {
    bool json = false;
    std::vector<std::string> explain;  ///< figures whose derivation is shown instead of the statement
};

int play_file(const std::string& file, const ShowOptions& show, const std::string& journal);
int replay_journal(const std::string& journal, const ShowOptions& show);
int write_report(const std::string& file, const std::string& html);
int check_files(const std::vector<std::string>& paths);
int list_packs();
int list_parameters();
int list_platforms();
int show_pack(const std::string& name);
int print_schema(const std::string& of);

struct CompareOptions {
    std::string file;
    std::vector<std::string> packs;  ///< names and files; "all": every pack of campaigns
    std::string on;                  ///< a date; empty: as UnderPack chooses
    std::string country;
    std::string assume;
    std::vector<std::string> rates;  ///< "EUR=1.10"
    bool json = false;
    bool csv = false;
};
int compare_packs(const CompareOptions& options);

struct TableOptions {
    std::string table;
    std::string pack = "kickstarter";
    std::string on;  ///< a date; empty: the latest that the pack has rules from
    std::vector<std::string>
        processing;                    ///< "GBP=3% + 0.20; below 10.00: 5% + 0.05", or for every currency without one
    std::string rounding = "half_up";  ///< of processing fees, which no source establishes
    bool events = false;
    bool json = false;
};
int settle_table(const TableOptions& options);

/// Tells the rows of a table that could not be read; the exit code that follows from them.
int complain_of(const std::vector<TextError>& unreadable);

struct ReconcileOptions {
    std::vector<std::string> journals;
    std::string rows;
    std::string shape;                   ///< "stripe", or a file with a shape
    std::vector<std::string> left_out;   ///< kinds of movements: "payout"
    bool json = false;
};
int reconcile_rows(const ReconcileOptions& options);

struct SelectOptions {
    std::string table;
    std::vector<std::string> by;        ///< "progress", "small_backers:3"
    std::vector<std::string> at_least;  ///< "progress=100%"
    std::vector<std::string> at_most;
    std::string small = "25.00";        ///< the largest pledge of a small backer
    std::string currency;               ///< only campaigns in it; empty: all
    std::size_t first = 20;
    bool points = false;
    bool json = false;
};
int select_campaigns(const SelectOptions& options);

}  // namespace crowdrules::program
