// SPDX-License-Identifier: BSL-1.0
// crowdrules: the command line program.
#include <CLI/CLI.hpp>

#include "commands.hpp"
#include "io.hpp"
#include <algorithm>
#include <exception>

using namespace crowdrules::program;

namespace {

void add_show_options(CLI::App& command, ShowOptions& show) {
    CLI::Option* const json = command.add_flag("--json", show.json, "The statement as JSON, for other programs");
    command
        .add_option("--explain", show.explain, "How this figure came about, with the rules and where they are written")
        ->type_name("FIGURE")
        ->take_all()
        ->excludes(json);
}

int run(int argc, char** argv) {
    CLI::App app{"Crowdfunding campaigns, exact to the cent.", "crowdrules"};
    app.require_subcommand(1);
    app.set_version_flag("--version", CROWDRULES_VERSION);
    app.footer(
        "Examples:\n"
        "  crowdrules play examples/pebble_2012.toml\n"
        "  crowdrules play examples/pebble_2012.toml --explain platform_fee\n"
        "  crowdrules play examples/pebble_2012.toml --journal pebble.jsonl && crowdrules replay pebble.jsonl\n"
        "  crowdrules report examples/pebble_2012.toml --html pebble.html\n"
        "  crowdrules check tests/scenarios\n"
        "  crowdrules compare examples/pebble_2012.toml --packs all --assume usual\n"
        "  crowdrules settle --table campaigns.csv --on 2016-10-30\n"
        "  crowdrules reconcile pebble.jsonl --rows payouts.csv --as stripe\n\n"
        "A FILE of - is standard input. Exit code: 0 all is well, 1 something did not come out as expected,\n"
        "2 an argument or input cannot be used, or the output not be written.");

    int code = success;
    ShowOptions show;
    std::string file, journal;
    CLI::App* const play = app.add_subcommand("play", "Plays a story and prints its statement");
    play->add_option("FILE", file, "A scenario, plan or community (docs/scenarios.md, plans.md, communities.md)")
        ->required();
    add_show_options(*play, show);
    play->add_option("--journal", journal,
                     "Writes the events to FILE, one JSON object a line; - instead of the statement")
        ->type_name("FILE");
    play->callback([&] { code = play_file(file, show, journal); });

    CLI::App* const replay = app.add_subcommand("replay", "Prints the statement that a journal comes to");
    replay->add_option("JOURNAL", file, "A journal that `play --journal` or a platform wrote")->required();
    add_show_options(*replay, show);
    replay->callback([&] { code = replay_journal(file, show); });

    std::string html;
    CLI::App* const report = app.add_subcommand("report", "Writes a page with pictures for a browser");
    report->add_option("FILE", file, "A story, or its journal")->required();
    report->add_option("--html", html, "Where the page goes; - is standard output")->type_name("OUT")->required();
    report->callback([&] { code = write_report(file, html); });

    std::vector<std::string> paths;
    CLI::App* const check = app.add_subcommand("check", "Plays stories and compares with the figures they expect");
    check->add_option("PATH", paths, "Stories, and folders of them")->required();
    check->callback([&] { code = check_files(paths); });

    std::string pack;
    bool parameters = false, platforms = false;
    CLI::App* const packs = app.add_subcommand("packs", "Shows the rule packs, and the dated values of one");
    packs->add_option("NAME", pack, "One pack, by name or file: its values, since when, and where each is written");
    packs->add_flag("--parameters", parameters, "What a pack of each kind can say");
    packs->add_flag("--platforms", platforms, "What is established of each platform, and since when, as Markdown");
    packs->callback([&] {
        code = parameters     ? list_parameters()
               : platforms    ? list_platforms()
               : pack.empty() ? list_packs()
                              : show_pack(pack);
    });

    CompareOptions comparing;
    CLI::App* const compare =
        app.add_subcommand("compare", "One campaign under the rules of many packs, side by side");
    compare->add_option("FILE", comparing.file, "A scenario (docs/scenarios.md)")->required();
    compare->add_option("--packs", comparing.packs, "Packs, with commas between them: names and files, or all")
        ->type_name("LIST")
        ->take_all()
        ->required();
    compare->add_option("--assume", comparing.assume, "A set of assumptions for what no source says: usual, or a file")
        ->type_name("NAME");
    compare->add_option("--rate", comparing.rates, "What a currency is worth in the campaign's: EUR=1.10")
        ->type_name("RATE")
        ->take_all();
    compare
        ->add_option("--on", comparing.on,
                     "The day whose rules hold; without it that of the launch, or the nearest known")
        ->type_name("DATE");
    compare
        ->add_option("--country", comparing.country,
                     "Of the creator; without it the campaign's, or where the pack is")
        ->type_name("CODE");
    CLI::Option* const compare_json =
        compare->add_flag("--json", comparing.json, "As JSON, with the rules that differ");
    compare->add_flag("--csv", comparing.csv, "As CSV, a row for each pack")->excludes(compare_json);
    compare->callback([&] { code = compare_packs(comparing); });

    std::string schema;
    CLI::App* const schemas = app.add_subcommand("schema", "Prints a JSON Schema, by which editors check files");
    schemas->add_option("OF", schema, "story, pack, command or event")->required();
    schemas->callback([&] { code = print_schema(schema); });

    TableOptions table;
    CLI::App* const settle = app.add_subcommand("settle", "Settles a table of campaigns with all their pledges");
    settle->add_option("--table", table.table, "A CSV file, one campaign a line")->type_name("FILE")->required();
    settle->add_option("--pack", table.pack, "The rules to settle by")->type_name("NAME")->capture_default_str();
    settle->add_option("--on", table.on, "The day whose rules hold; without it the latest that the pack has")
        ->type_name("DATE");
    settle
        ->add_option("--processing", table.processing,
                     "A processing fee where the pack has none: \"GBP=3% + 0.20; below 10.00: 5% + 0.05\", or without "
                     "GBP= for every currency that needs one")
        ->type_name("FEE")
        ->take_all();
    settle
        ->add_option("--rounding", table.rounding, "How each processing fee is rounded: half_up, half_even, down, ...")
        ->type_name("MODE")
        ->capture_default_str();
    settle->add_flag("--events", table.events, "Plays every pledge, charge and payout as an event: the same totals");
    settle->add_flag("--json", table.json, "The totals as JSON, for other programs");
    settle->callback([&] { code = settle_table(table); });

    ReconcileOptions against;
    CLI::App* const reconcile = app.add_subcommand("reconcile", "Holds a payment provider's rows against journals");
    reconcile->add_option("JOURNAL", against.journals, "The journals of all campaigns that the rows are about")
        ->required();
    reconcile->add_option("--rows", against.rows, "The provider's CSV file")->type_name("FILE")->required();
    reconcile
        ->add_option("--as", against.shape,
                     "What its columns mean: stripe, paypal, adyen or a file (docs/payments.md)")
        ->type_name("SHAPE")
        ->required();
    reconcile
        ->add_option("--leave-out", against.left_out,
                     "Kinds of movements that are not compared, because the file does not tell them: payout")
        ->type_name("KIND")
        ->take_all();
    reconcile->add_flag("--json", against.json, "The same as JSON, for other programs");
    reconcile->callback([&] { code = reconcile_rows(against); });

    SelectOptions choice;
    CLI::App* const select = app.add_subcommand("select", "Filters and ranks the campaigns of a table");
    select->add_option("--table", choice.table, "A CSV file, one campaign a line")->type_name("FILE")->required();
    select
        ->add_option("--by", choice.by,
                     "What to rank by, in this order: progress, small_backers, backers, per_backer; with --points "
                     "and a weight: progress:3")
        ->type_name("MEASURE")
        ->take_all()
        ->required();
    select->add_option("--at-least", choice.at_least, "Leaves out campaigns below it: progress=100%")
        ->type_name("BOUND")
        ->take_all();
    select->add_option("--at-most", choice.at_most, "Leaves out campaigns above it: backers=500")
        ->type_name("BOUND")
        ->take_all();
    select->add_option("--small", choice.small, "The largest pledge of a small backer")
        ->type_name("AMOUNT")
        ->capture_default_str();
    select->add_option("--currency", choice.currency, "Only campaigns in this currency")->type_name("CODE");
    select->add_option("--first", choice.first, "How many places are shown")->capture_default_str();
    select->add_flag("--points", choice.points, "Adds up points over all measures, instead of taking them in turn");
    select->add_flag("--json", choice.json, "The places as JSON, for other programs");
    select->callback([&] { code = select_campaigns(choice); });

    // CLI11 would only say that a command is missing.
    const auto commands = app.get_subcommands({});
    const auto is_named = [&](const CLI::App* command) { return command->get_name() == argv[1]; };
    if (argc > 1 && argv[1][0] != '-' && std::none_of(commands.begin(), commands.end(), is_named)) {
        complain(std::string("crowdrules: there is no command '") + argv[1] +
                 "'; there are play, replay, report, check, packs, compare, schema, settle, reconcile and select "
                 "(--help explains them)\n");
        return unusable;
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? success : unusable;
    }
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const int code = run(argc, argv);
        finish_printing();
        return code;
    } catch (const std::exception& problem) {
        complain(std::string("crowdrules: ") + problem.what() + "\n");
        return unusable;
    }
}
