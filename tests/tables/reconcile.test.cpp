// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/tables/csv.hpp>
#include <crowdrules/tables/reconcile.hpp>

#include <doctest/doctest.h>

#include <memory>

using namespace crowdrules;
using namespace crowdrules::campaign;

namespace {

constexpr Instant day = Instant{};

ProviderRow row(MovementKind kind, std::string reference, std::string_view gross, std::string_view fee = "0.00",
                std::string about = {}) {
    ProviderRow made{.gross = usd(gross), .fee = usd(fee)};
    made.kind = kind;
    made.called = to_text(kind);
    made.reference = std::move(reference);
    made.about = std::move(about);
    made.where = {"rows.csv", 2, 1};
    return made;
}

BookedMovement booked(MovementKind kind, std::string reference, std::string_view gross, std::string_view fee = "0.00",
                      std::vector<std::string> about = {}) {
    return {kind, std::move(reference), std::move(about), day, usd(gross), usd(fee)};
}

using Rows = std::vector<ProviderRow>;
using Booked = std::vector<BookedMovement>;

Reconciliation found(const Booked& movements, const Rows& rows) {
    return reconcile(movements, rows, USD).value();
}

const std::string stripe_header =
    "automatic_payout_id,balance_transaction_id,created,available_on,currency,gross,fee,net,reporting_category,"
    "charge_id,description\n";

Result<Rows> stripe(const std::string& lines, Currency currency = USD) {
    return read_provider_rows(stripe_header + lines, load_row_shape("stripe").value(), currency, "rows.csv");
}

std::string why(const Result<Rows>& rows) {
    REQUIRE_FALSE(rows);
    return to_text(rows.error());
}

}  // namespace

TEST_SUITE_BEGIN("tables");

TEST_CASE("reconcile: what is the same on both sides is matched, and the difference is nothing") {
    const auto all = found({booked(MovementKind::charge, "ch_1", "115.00", "3.65"),
                            booked(MovementKind::refund, "re_1", "-20.00")},
                           {row(MovementKind::refund, "re_1", "-20.00"),
                            row(MovementKind::charge, "ch_1", "115.00", "3.65")});
    CHECK(all.agrees());
    CHECK(all.matched == 2);
    CHECK(all.difference() == usd("0.00"));
    CHECK(all.totals.at("charge").told == usd("111.35"));
    CHECK(all.total.booked == usd("91.35"));
}

TEST_CASE("reconcile: a figure that differs is listed with both values") {
    const auto all = found({booked(MovementKind::charge, "ch_1", "115.00", "3.65")},
                           {row(MovementKind::charge, "ch_1", "95.00", "3.70")});
    REQUIRE(all.differing.size() == 1);
    CHECK(all.differing[0].amount() == usd("-20.05"));
    CHECK(all.differing[0].why == "the amount is 95.00, booked is 115.00; the fee taken is 3.70, booked is 3.65");
    CHECK(all.difference() == usd("-20.05"));
    CHECK_FALSE(all.agrees());
}

TEST_CASE("reconcile: what only one side knows is listed there, and explains the difference") {
    ProviderRow strange = row(MovementKind::charge, "txn_9", "-2.00");
    strange.kind = std::nullopt;
    strange.called = "climate_order_purchase";
    const auto all = found({booked(MovementKind::charge, "ch_1", "10.00"), booked(MovementKind::payout, "", "-7.00")},
                           {row(MovementKind::refund, "ch_1", "-10.00"), strange});
    REQUIRE(all.missing_in_ledger.size() == 1);
    CHECK(all.missing_in_ledger[0].why == "booked under this reference is a charge");
    REQUIRE(all.missing_at_provider.size() == 2);
    CHECK(all.missing_at_provider[0].amount() == usd("-10.00"));
    CHECK(all.missing_at_provider[1].why == "booked on 1970-01-01T00:00:00Z without a reference");
    REQUIRE(all.unknown_kind.size() == 1);
    CHECK(all.unknown_kind[0].kind == "climate_order_purchase");
    CHECK(all.difference() == usd("-15.00"));
}

TEST_CASE("reconcile: differences that cancel out are differences all the same") {
    const auto all = found({booked(MovementKind::charge, "ch_1", "10.00"),
                            booked(MovementKind::charge, "ch_2", "9.00")},
                           {row(MovementKind::charge, "ch_1", "9.00"), row(MovementKind::charge, "ch_2", "10.00")});
    CHECK(all.difference() == usd("0.00"));
    CHECK(all.differing.size() == 2);
    CHECK_FALSE(all.agrees());
}

TEST_CASE("reconcile: a row whose reference nobody booked is found by its charge") {
    const Booked movements{booked(MovementKind::refund, "re_1", "-30.00", "0.00", {"ch_1"}),
                           booked(MovementKind::refund, "", "-20.00", "0.00", {"ch_1"})};
    CHECK(found(movements, {row(MovementKind::refund, "txn_3", "-20.00", "0.00", "ch_1"),
                            row(MovementKind::refund, "txn_4", "-30.00", "0.00", "ch_1")})
              .agrees());
    // With one on each side it is that one, whatever its amount; with more of them nobody can tell.
    CHECK(found({movements[0]}, {row(MovementKind::refund, "txn_3", "-31.00", "0.00", "ch_1")}).differing.size() == 1);
    const auto unclear = found(movements, {row(MovementKind::refund, "txn_3", "-31.00", "0.00", "ch_1")});
    CHECK(unclear.missing_in_ledger.size() == 1);
    CHECK(unclear.missing_at_provider.size() == 2);
    CHECK(found(movements, {row(MovementKind::refund, "txn_3", "-20.00", "0.00", "ch_2")}).matched == 0);
}

TEST_CASE("reconcile: rows may add to another row, before or after it") {
    ProviderRow released = row(MovementKind::charge, "ch_1", "-20.00");
    released.adds = RowAdds::amount;
    ProviderRow fee = row(MovementKind::dispute, "ch_2", "0.00", "15.00");
    fee.adds = RowAdds::fee;
    const Booked movements{booked(MovementKind::charge, "ch_1", "95.00", "3.65"),
                           booked(MovementKind::dispute, "ch_2", "-99.00", "15.00")};
    const Rows rows{fee, row(MovementKind::charge, "ch_1", "115.00", "3.65"), released,
                    row(MovementKind::dispute, "ch_2", "-99.00")};
    CHECK(found(movements, rows).agrees());
    CHECK(found(movements, rows).totals.at("charge").rows == 2);
    const auto alone = reconcile(movements, Rows{released}, USD);
    REQUIRE_FALSE(alone);
    CHECK(to_text(alone.error()) ==
          "rows.csv:2:1: a row that adds to a charge which is in no row; found \"ch_1\", expected its row in the same "
          "file");
}

TEST_CASE("reconcile: a row told twice counts once, and a reference for other money is refused") {
    const Rows twice{row(MovementKind::charge, "ch_1", "10.00"), row(MovementKind::charge, "ch_1", "10.00")};
    const auto all = found({booked(MovementKind::charge, "ch_1", "10.00")}, twice);
    CHECK(all.agrees());
    CHECK(all.repeated == 1);
    const auto other = reconcile({}, Rows{twice[0], row(MovementKind::charge, "ch_1", "11.00")}, USD);
    REQUIRE_FALSE(other);
    CHECK(to_text(other.error()).starts_with("rows.csv:2:1: the reference names other money on line 2"));
}

TEST_CASE("reconcile: kinds that are left out are counted on both sides and compared on none") {
    const Booked movements{booked(MovementKind::charge, "ch_1", "10.00"),
                           booked(MovementKind::payout, "po_1", "-8.00")};
    const auto all = reconcile(movements, Rows{row(MovementKind::charge, "ch_1", "10.00")}, USD,
                               {MovementKind::payout}).value();
    CHECK(all.agrees());
    CHECK(all.left_out.booked == usd("-8.00"));
    CHECK(all.total.booked == usd("10.00"));
}

TEST_CASE("reconcile: a campaign's events are what it has booked") {
    auto terms = std::make_shared<Terms>();
    terms->currency = EUR;
    const Events events{
        {.at = day, .what = CampaignLaunched{terms}},
        {.at = day, .what = ChargeCollected{.pledge = PledgeId{1}, .amount = 10000, .fee = 320, .tax = 30,
                                            .reference = "ch_1"}},
        {.at = day, .what = PledgeRefunded{.pledge = PledgeId{1}, .amount = 2000, .fee_returned = 64,
                                           .reference = "re_1"}},
        {.at = day, .what = DisputeOpened{.pledge = PledgeId{1}, .amount = 8000, .fee = 1500, .reference = "du_1"}},
        {.at = day, .what = DisputeWon{.pledge = PledgeId{1}, .amount = 8000, .fee_returned = 1500}},
        {.at = day, .what = PayoutMade{.net = 7000, .reference = "po_1"}},
        {.at = day, .what = PayoutReturned{.amount = 7000, .reference = "po_1_back"}},
    };
    const auto all = booked_movements(events);
    const std::vector<std::string> charge{"ch_1"};
    CHECK(all == Booked{{MovementKind::charge, "ch_1", {}, day, eur("100.00"), eur("3.50")},
                        {MovementKind::refund, "re_1", charge, day, eur("-20.00"), eur("-0.64")},
                        {MovementKind::dispute, "du_1", charge, day, eur("-80.00"), eur("15.00")},
                        {MovementKind::dispute_won, "du_1", charge, day, eur("80.00"), eur("-15.00")},
                        {MovementKind::payout, "po_1", {}, day, eur("-70.00"), eur("0.00")},
                        {MovementKind::payout_return, "po_1_back", {}, day, eur("70.00"), eur("0.00")}});
}

TEST_CASE("reconcile: unmatched money is found by its reference, whatever the provider calls it") {
    auto terms = std::make_shared<Terms>();
    terms->currency = USD;
    const Events events{
        {.at = day, .what = CampaignLaunched{terms}},
        {.at = day, .what = UnmatchedRecorded{.reference = "ch_9", .amount = 12000}},
        {.at = day, .what = UnmatchedRecorded{.reference = "txn_5", .amount = -200}},
        {.at = day, .what = UnmatchedResolved{.unmatched = "ch_9", .end = UnmatchedEnd::to_pledge, .amount = 10000}},
        {.at = day, .what = ChargeCollected{.pledge = PledgeId{1}, .amount = 10000, .fee = 378, .reference = "ch_9"}},
        {.at = day, .what = UnmatchedResolved{.unmatched = "ch_9", .amount = 2000, .reference = "re_9"}},
        {.at = day, .what = UnmatchedResolved{.unmatched = "txn_5", .end = UnmatchedEnd::to_platform, .amount = -200}},
    };
    ProviderRow strange = row(MovementKind::charge, "txn_5", "-2.00");
    strange.kind = std::nullopt;
    strange.called = "network_cost";
    const auto all = found(booked_movements(events), {row(MovementKind::charge, "ch_9", "120.00", "3.78"), strange,
                                                      row(MovementKind::refund, "re_9", "-20.00")});
    CHECK(all.agrees());
    CHECK(all.matched == 3);
    CHECK(all.totals.size() == 2);
    CHECK(all.totals.at("unmatched").told == usd("114.22"));
    CHECK(all.totals.at("unmatched_return").booked == usd("-20.00"));
}

TEST_CASE("provider rows: Stripe's columns, with a charge captured in part and a dispute with its fee") {
    const auto rows = stripe(
        "po_1,txn_1,2026-06-01 10:00:00,2026-06-03 00:00:00,usd,120.00,3.78,116.22,charge,ch_1,One\n"
        "po_1,txn_2,2026-06-01 10:00:00,2026-06-03 00:00:00,usd,-20.00,0.00,-20.00,partial_capture_reversal,ch_1,One\n"
        "po_1,txn_3,2026-06-02 12:00:00,2026-06-02 00:00:00,usd,-90.00,15.00,-105.00,dispute,ch_2,Two\n"
        "po_1,txn_4,2026-06-02 12:00:00,2026-06-02 00:00:00,usd,-0.50,0.00,-0.50,fee,,Radar\n");
    REQUIRE(rows);
    REQUIRE(rows->size() == 4);
    CHECK(rows->at(0).reference == "ch_1");
    CHECK(rows->at(0).fee == usd("3.78"));
    CHECK(rows->at(0).at == instant("2026-06-01T10:00:00Z"));
    CHECK(rows->at(1).adds == RowAdds::amount);
    CHECK(rows->at(2).reference == "txn_3");
    CHECK(rows->at(2).about == "ch_2");
    CHECK(rows->at(2).net() == usd("-105.00"));
    CHECK(rows->at(2).where == TextPosition{"rows.csv", 4, 6});
    CHECK_FALSE(rows->at(3).kind);
    CHECK(rows->at(3).called == "fee");
}

TEST_CASE("provider rows: what cannot be read is refused with its line and column") {
    CHECK(why(read_provider_rows("charge_id,created\nch_1,2026-06-01 10:00:00\n", load_row_shape("stripe").value(), USD,
                                 "rows.csv"))
              .starts_with("rows.csv:1:1: no column 'reporting_category', 'source_id' or 'balance_transaction_id', "
                           "'currency', 'gross', 'fee', 'net'"));
    CHECK(why(stripe("po_1,txn_1,2026-06-01 10:00:00,,eur,1.00,0.00,1.00,charge,ch_1,\n")) ==
          "rows.csv:2:33: currency: another currency than the campaign's; found \"eur\", expected USD; rows of other "
          "currencies in a file of their own");
    CHECK(why(stripe("po_1,txn_1,2026-06-01 10:00:00,,usd,1.005,0.00,1.00,charge,ch_1,\n"))
              .starts_with("rows.csv:2:37: gross: 3 decimals, but USD has 2"));
    CHECK(why(stripe("po_1,txn_1,06/01/2026,,usd,1.00,0.00,1.00,charge,ch_1,\n"))
              .starts_with("rows.csv:2:12: created: not an instant"));
    CHECK(why(stripe("po_1,txn_1,2026-06-01 10:00:00,,usd,1.00,0.10,1.00,charge,ch_1,\n")) ==
          "rows.csv:2:59: the row does not add up; found \"1.00 less 0.10 as 1.00\", expected 0.90");
    CHECK(why(stripe("po_1,,2026-06-01 10:00:00,,usd,1.00,0.00,1.00,refund,ch_1,\n"))
              .starts_with("rows.csv:2:1: a refund without a reference"));
    CHECK(why(stripe("po_1,txn_1,2026-06-01 10:00:00,,usd,,,,charge,ch_1,\n")) ==
          "rows.csv:2:47: a charge without an amount; expected one");
    const std::string most = "92233720368547758.07";
    CHECK(why(stripe("po_1,txn_1,2026-06-01 10:00:00,,usd,-" + most + ",0.02,1.00,charge,ch_1,\n"))
              .starts_with("rows.csv:2:1: "));
    const auto beyond = reconcile({}, Rows{row(MovementKind::charge, "ch_1", most),
                                           row(MovementKind::charge, "ch_2", "0.01")}, USD);
    REQUIRE_FALSE(beyond);
    CHECK(to_text(beyond.error()).starts_with("rows.csv:2:1: "));
    CHECK(why(read_provider_rows("RH,x\n", load_row_shape("paypal").value(), USD, "rows.csv")) ==
          "rows.csv:1:1: no line with the column names; expected a line that begins with CH");
}

TEST_CASE("provider rows: PayPal's lines of several sorts, minor units and two directions") {
    const std::string columns =
        "CH,Transaction ID,PayPal Reference ID,Transaction Event Code,Transaction Completion Date,Transaction Debit or "
        "Credit,Gross Transaction Amount,Gross Transaction Currency,Fee Debit or Credit,Fee Amount,Fee Currency\n";
    const auto read = [&](const std::string& lines) {
        return read_provider_rows("RH,2026/06/02\nFH,1\n" + columns + lines + "SF,USD,0\n",
                                  load_row_shape("paypal").value(), USD, "stl.csv");
    };
    const auto rows = read("SB,A1,,T0006,2026/06/01 08:00:00 -0700,CR,10000,USD,DR,320,USD\n"
                           "SB,A2,A1,T1107,2026/06/01 09:00:00 -0700,DR,4000,USD,CR,116,USD\n"
                           "SB,A3,A1,T1201,2026/06/01 09:00:00 -0700,DR,6000,USD,,,\n"
                           "SB,A4,A1,T0106,2026/06/01 09:00:00 -0700,DR,2000,USD,,,\n");
    REQUIRE(rows);
    REQUIRE(rows->size() == 4);
    CHECK(rows->at(0).net() == usd("96.80"));
    CHECK(rows->at(0).at == instant("2026-06-01T15:00:00Z"));
    CHECK(rows->at(1).gross == usd("-40.00"));
    CHECK(rows->at(1).fee == usd("-1.16"));
    CHECK(rows->at(2).reference == "A1");
    CHECK(rows->at(3).fee == usd("20.00"));
    CHECK(rows->at(3).gross == usd("0.00"));
    CHECK(why(read("SB,A1,,T0006,2026/06/01 08:00:00 -0700,XX,10000,USD,DR,320,USD\n"))
              .starts_with("stl.csv:4:40: Transaction Debit or Credit: neither way; found \"XX\", expected CR or DR"));
    CHECK(why(read("SB,A1,,T0006,2026/06/01 08:00:00 -0700,CR,100.00,USD,DR,320,USD\n"))
              .starts_with("stl.csv:4:43: Gross Transaction Amount: not an amount in minor units"));
    CHECK(why(read("SB,A1,,T0006\n")).starts_with("stl.csv:4:1: a row of another length"));
}

TEST_CASE("provider rows: Adyen's debits and credits, and a payout without a gross amount") {
    const auto rows = read_provider_rows(
        "Psp Reference,Type,Creation Date,Modification Reference,Gross Currency,Gross Debit (GC),Gross Credit (GC),Net "
        "Currency,Net Debit (NC),Net Credit (NC),Commission (NC),Markup (NC),Scheme Fees (NC),Interchange (NC)\n"
        "P1,Settled,2026-06-01 10:00:00,M1,EUR,,100.00,EUR,,98.95,,0.60,0.10,0.35\n"
        "P1,Refunded,2026-06-02 10:00:00,M2,EUR,40.00,,EUR,40.00,,,,,\n"
        ",MerchantPayout,2026-06-03 10:00:00,M3,,,,EUR,58.95,,,,,\n",
        load_row_shape("adyen").value(), EUR, "settlement.csv");
    REQUIRE(rows);
    REQUIRE(rows->size() == 3);
    CHECK(rows->at(0).reference == "P1");
    CHECK(rows->at(0).fee == eur("1.05"));
    CHECK(rows->at(1).reference == "M2");
    CHECK(rows->at(1).about == "P1");
    CHECK(rows->at(1).gross == eur("-40.00"));
    CHECK(rows->at(2).gross == eur("-58.95"));
}

TEST_CASE("row shapes: those that are built in say where they are written, and unsound ones are refused") {
    CHECK(row_shape_names() == std::vector<std::string>{"adyen", "paypal", "stripe"});
    for (const std::string& name : row_shape_names()) {
        const auto shape = load_row_shape(name);
        REQUIRE_MESSAGE(shape.has_value(), to_text(shape.error()));
        CHECK(shape->shape == name);
        CHECK(shape->source.size() > 20);
    }
    const auto none = load_row_shape("strip");
    REQUIRE_FALSE(none);
    CHECK(to_text(none.error()).find("one of adyen, paypal, stripe, or a file FILE.toml") != std::string::npos);
    const std::string head =
        "shape = \"own\"\ntitle = \"Own\"\nsource = \"made up\"\nread = \"2026\"\nevidence = \"official\"\n"
        "kind = \"k\"\nreference = [\"r\"]\ncurrency = []\nfee = { plus = [\"f\"] }\n";
    const auto refused = [&](const std::string& rest) {
        const auto shape = parse_row_shape(head + rest, "own.toml");
        REQUIRE_FALSE(shape);
        return to_text(shape.error());
    };
    CHECK(refused("gross = { direction = \"d\" }\nkinds = { a = { is = \"charge\" } }\n").find("own.toml:10") !=
          std::string::npos);
    CHECK(refused("gross = { plus = [\"g\"] }\nkinds = { a = { is = \"charg\" } }\n").find("charge") !=
          std::string::npos);
    CHECK(refused("gross = { plus = [\"g\"] }\nat = \"d\"\nkinds = { a = { is = \"charge\" } }\n").find("no year") !=
          std::string::npos);
    CHECK(parse_row_shape(head + "gross = { plus = [\"g\"] }\nkinds = { a = { is = \"charge\" } }\n", "own.toml"));
}

TEST_SUITE_END();
