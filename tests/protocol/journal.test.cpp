// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/protocol/journal.hpp>

#include <doctest/doctest.h>

#include "arbitrary.hpp"

using namespace crowdrules;

namespace {

campaign::Events some_events(std::uint64_t pledges) {
    auto terms = std::make_shared<campaign::Terms>();
    terms->title = "A \"quoted\" title";
    campaign::Events events{{instant("2012-04-11T07:00:00Z"), {}, 0, campaign::CampaignLaunched{terms}, 1}};
    for (std::uint64_t i = 1; i <= pledges; ++i)
        events.push_back({instant("2012-04-11T08:00:00Z") + Elapsed(static_cast<std::int64_t>(i)), CommandId{i},
                          i * 0x9E3779B97F4A7C15u,
                          campaign::PledgeMade{.pledge = PledgeId{i}, .backer = BackerId{i}, .amount = 11500},
                          i + 1});
    return events;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = text.find('\n', begin);
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) (text += line) += '\n';
    return text;
}

/// "line number: what", or what was read.
std::string read_error(const std::string& text) {
    const auto events = read_journal(text, "j");
    return events ? std::to_string(events->size()) + " events" : to_text(events.error());
}

bool starts_with(const std::string& text, std::string_view start) {
    return text.substr(0, start.size()) == start;
}

}  // namespace

TEST_SUITE_BEGIN("protocol");

TEST_CASE("a journal gives back its events") {
    const auto events = some_events(20);
    const auto text = write_journal(events);
    const auto read = read_journal(text);
    REQUIRE(read);
    CHECK(*read == events);
    CHECK(write_journal(*read) == text);
    CHECK(lines_of(text).size() == 23);
}

TEST_CASE("a journal is the same in pieces of any size") {
    const auto events = some_events(5);
    const auto text = write_journal(events);
    for (std::size_t size = 1; size < text.size() + 10; size += 1 + size / 3) {
        JournalReader reader;
        campaign::Events all;
        for (std::size_t at = 0; at < text.size(); at += size) {
            const auto some = reader.add(std::string_view(text).substr(at, size));
            REQUIRE(some);
            all.insert(all.end(), some->begin(), some->end());
        }
        REQUIRE(reader.finish());
        CHECK(all == events);
    }
}

TEST_CASE("the chain is the SHA-256 that any tool computes") {
    // printf '%064d' 0 | xxd -r -p; printf '{"journal":"crowdrules","version":1'; both into sha256sum
    CHECK(JournalWriter().header() ==
          "{\"journal\":\"crowdrules\",\"version\":1,\"chain\":"
          "\"288a3c9ef454ed82ff5e44c4ce9c93f0e38248c67337040d3bf71d0693d4dd23\"}\n");
}

TEST_CASE("one changed byte anywhere is found out at its line") {
    const auto text = write_journal(some_events(4));
    std::size_t line = 1;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\n') {
            ++line;
            continue;
        }
        auto altered = text;
        altered[at] = static_cast<char>(altered[at] ^ 1);
        CAPTURE(altered);
        CHECK(starts_with(read_error(altered), "j:" + std::to_string(line) + ": "));
    }
}

TEST_CASE("a line left out, moved, doubled or put in is found out at its line") {
    const auto whole = lines_of(write_journal(some_events(6)));
    auto without = whole;
    without.erase(without.begin() + 3);
    CHECK(starts_with(read_error(joined(without)),
                      "j:4: the event before this line is not the one that this line follows"));
    auto swapped = whole;
    std::swap(swapped[3], swapped[4]);
    CHECK(starts_with(read_error(joined(swapped)),
                      "j:4: the event before this line is not the one that this line follows"));
    auto doubled = whole;
    doubled.insert(doubled.begin() + 3, whole[3]);
    CHECK(starts_with(read_error(joined(doubled)),
                      "j:5: the event before this line is not the one that this line follows"));
    auto blank = whole;
    blank.insert(blank.begin() + 3, "");
    CHECK(starts_with(read_error(joined(blank)), "j:4: not a whole line of a journal"));
    auto behind = whole;
    behind.push_back(whole[3]);
    CHECK(starts_with(read_error(joined(behind)), "j:10: text after the closing line"));
    auto last_gone = whole;
    last_gone.erase(last_gone.end() - 2);
    CHECK(starts_with(read_error(joined(last_gone)), "j:8: events before the closing line are missing or were put in"));
    auto headless = whole;
    headless.erase(headless.begin());
    CHECK(starts_with(read_error(joined(headless)), "j:1: this line was altered"));
}

TEST_CASE("a journal that was cut off anywhere is refused") {
    const auto text = write_journal(some_events(3));
    CHECK(read_error(text.substr(0, text.size() - 1)) == "4 events");  // only the last line end is missing
    for (std::size_t size = 0; size + 1 < text.size(); ++size)
        CHECK(starts_with(read_error(text.substr(0, size)), "j:"));
    const auto whole = lines_of(text);
    CHECK(starts_with(read_error(joined({whole[0], whole[1], whole[2]})),
                      "j:4: the journal ends after 2 events without its closing line: it was cut off"));
    CHECK(starts_with(read_error(""), "j:1: the journal ends after 0 events"));
}

TEST_CASE("a whole chain does not make a wrong content right") {
    // Written by the rules of the chain, but not a campaign.
    JournalWriter first, second;
    const auto events = some_events(1);
    const auto header = first.header();
    CHECK(starts_with(read_error(header + first.closing()), "0 events"));
    CHECK_THROWS_AS((void)second.line(events[1]), ContractViolation);
    (void)second.header();
    (void)second.line(events[0]);
    CHECK_THROWS_AS((void)second.line(events[0]), ContractViolation);
}

TEST_CASE("an error stays") {
    JournalReader reader("j");
    CHECK_FALSE(reader.add("nonsense\n"));
    CHECK_FALSE(reader.add(write_journal(some_events(1))));
    CHECK_FALSE(reader.finish());
}

TEST_SUITE_END();
