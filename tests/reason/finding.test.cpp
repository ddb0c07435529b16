// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/reason/finding.hpp>

#include <doctest/doctest.h>

using namespace crowdrules;

namespace {

Finding too_long() {
    return {.kind = FindingKind::forbidden,
            .rule = "campaign.window_days_max",
            .what = "61 days, but at most 60",
            .accepted = "",
            .citation = {"kickstarter.com/blog", "2011-06", Evidence::official},
            .where = {}};
}

}  // namespace

TEST_SUITE("reason") {
    TEST_CASE("a finding says the rule, both numbers and the source in one line") {
        CHECK(to_text(too_long()) ==
              "campaign.window_days_max: 61 days, but at most 60 [kickstarter.com/blog, 2011-06]");
    }

    TEST_CASE("a finding about a file begins with the place, as compilers write it") {
        Finding finding = too_long();
        finding.where = {"draft.toml", 12, 9};
        finding.accepted = "1 to 60 days";
        CHECK(to_text(finding) ==
              "draft.toml:12:9: campaign.window_days_max: 61 days, but at most 60; accepted: 1 to 60 days "
              "[kickstarter.com/blog, 2011-06]");
        finding.where = {"draft.toml", 12, 0};
        CHECK(to_text(finding).starts_with("draft.toml:12: campaign."));
        finding.where = {"draft.toml", 0, 0};
        CHECK(to_text(finding).starts_with("draft.toml: campaign."));
        finding.where = {"", 12, 9};
        CHECK(to_text(finding).starts_with("12:9: campaign."));
    }

    TEST_CASE("a source weaker than the maker's own page says how weak") {
        Finding finding = too_long();
        finding.citation.evidence = Evidence::secondary;
        CHECK(to_text(finding).ends_with("[kickstarter.com/blog, 2011-06, secondary]"));
        finding.citation.read.clear();
        CHECK(to_text(finding).ends_with("[kickstarter.com/blog, secondary]"));
        finding.citation.source.clear();
        CHECK(to_text(finding) == "campaign.window_days_max: 61 days, but at most 60");
    }

    TEST_CASE("a remark says that it refuses nothing") {
        Finding finding = too_long();
        finding.kind = FindingKind::remark;
        CHECK(to_text(finding).starts_with("remark: campaign.window_days_max: "));
    }

    TEST_CASE("a line break in what was found cannot pretend to be another finding") {
        Finding finding = too_long();
        finding.what = "title 'a\r\nb\tc\x7f'";
        finding.citation = {};
        CHECK(to_text(finding) == "campaign.window_days_max: title 'a\\x0d\\x0ab\\x09c\\x7f'");
    }

    TEST_CASE("findings are written one to a line") {
        CHECK(to_text(Findings{}).empty());
        CHECK(to_text(Findings{too_long(), too_long()}) == to_text(too_long()) + "\n" + to_text(too_long()) + "\n");
    }

    TEST_CASE("only a remark refuses nothing") {
        CHECK_FALSE(has_refusal({}));
        Finding finding = too_long();
        for (const auto kind : {FindingKind::forbidden, FindingKind::missing, FindingKind::malformed}) {
            finding.kind = kind;
            CHECK(has_refusal({finding}));
        }
        finding.kind = FindingKind::remark;
        CHECK_FALSE(has_refusal({finding, finding}));
        CHECK(has_refusal({finding, too_long(), finding}));
    }

    TEST_CASE("every kind has its name") {
        CHECK(to_text(FindingKind::forbidden) == "forbidden");
        CHECK(to_text(FindingKind::missing) == "missing");
        CHECK(to_text(FindingKind::malformed) == "malformed");
        CHECK(to_text(FindingKind::remark) == "remark");
    }
}
