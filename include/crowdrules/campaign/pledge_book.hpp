// SPDX-License-Identifier: BSL-1.0
// Pledge book: all pledges of a campaign, 16 bytes each, behind dense handles.
//
// Ids are looked up once. While ids come as 1, 2, 3, ... the handle is the id itself and no index is kept; from the
// first other id on, an open-addressing table serves. What only some pledges have (add-ons, shipping, instalments,
// refunds, disputes) lies beside in `details`.
#pragma once

#include <crowdrules/campaign/pledge.hpp>
#include <crowdrules/ledger/account.hpp>
#include <crowdrules/settlement/dispute.hpp>
#include <crowdrules/settlement/instalment.hpp>
#include <crowdrules/settlement/refund.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <unordered_map>
#include <vector>

namespace crowdrules::campaign {

/// The place of a pledge or backer in its dense array.
using Handle = std::uint32_t;
inline constexpr Handle no_handle = std::numeric_limits<Handle>::max();

/// 64-bit ids to dense handles, in order of arrival. Ids 1, 2, 3, ... cost nothing.
class HandleIndex {
  public:
    /// The handle of `id`, or no_handle.
    [[nodiscard]] Handle find(std::uint64_t id) const noexcept {
        if (slots_.empty()) return id - 1 < size_ ? static_cast<Handle>(id - 1) : no_handle;
        for (std::size_t i = home(id);; i = (i + 1) & mask_) {
            if (slots_[i].id == 0) return no_handle;  // a free place, also for the id that is none
            if (slots_[i].id == id) return slots_[i].handle;
        }
    }
    /// The handle of `id`, which gets the next free one if it is new. Expects: id != 0.
    Handle find_or_add(std::uint64_t id) {
        if (slots_.empty()) {
            if (id - 1 < size_) return static_cast<Handle>(id - 1);
            if (id - 1 == size_) return size_++;
            become_sparse();
        }
        return find_or_add_sparse(id);
    }
    /// The id behind a handle. Expects: handle < size().
    [[nodiscard]] std::uint64_t id_of(Handle handle) const noexcept {
        return slots_.empty() ? std::uint64_t{handle} + 1 : ids_[handle];
    }
    [[nodiscard]] Handle size() const noexcept { return size_; }
    /// Room for `count` ids in all, of which `next` comes next: it shows whether the ids are dense.
    void reserve(std::size_t count, std::uint64_t next);
    /// Asks the processor to fetch what find(id) will touch.
    void prefetch(std::uint64_t id) const noexcept {
        if (!slots_.empty()) __builtin_prefetch(&slots_[home(id)]);
    }
    bool operator==(const HandleIndex& other) const noexcept;

  private:
    struct Slot {
        std::uint64_t id = 0;  ///< 0: free
        Handle handle = 0;
    };
    /// The top bits choose the place, so a larger table keeps the order of a smaller one and growing it walks both in
    /// line.
    [[nodiscard]] std::size_t home(std::uint64_t id) const noexcept {
        const std::uint64_t mixed = (id ^ (id >> 32)) * 0x9E3779B97F4A7C15ull;
        return static_cast<std::size_t>((mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9ull >> shift_);
    }
    Handle find_or_add_sparse(std::uint64_t id);
    void become_sparse();
    void rehash(std::size_t slots);

    std::vector<Slot> slots_{};         ///< empty while ids are dense
    std::vector<std::uint64_t> ids_{};  ///< by handle; empty while ids are dense
    std::size_t mask_ = 0;
    unsigned shift_ = 63;
    Handle size_ = 0;
};

/// What every pledge has.
struct PledgeRecord {
    std::int64_t amount = 0;  ///< all together, minor units
    Handle backer = 0;
    std::uint16_t reward = 0;
    PledgeState state = PledgeState::pledged;
    std::uint8_t flags = 0;

    static constexpr std::uint8_t late = 1;            ///< made after the deadline
    static constexpr std::uint8_t charged = 2;         ///< money came in for it
    static constexpr std::uint8_t detailed = 4;        ///< there is a PledgeDetail
    static constexpr std::uint8_t in_instalments = 8;  ///< charged in parts
    static constexpr std::uint8_t after_success = 16;  ///< made after an early success, or in the second round
    static constexpr std::uint8_t after_ready = 32;    ///< made when the campaign was ready to ship already
    static constexpr std::uint8_t supplement = 64;     ///< a further charge to who has pledged

    [[nodiscard]] constexpr bool has(std::uint8_t flag) const noexcept { return (flags & flag) != 0; }
    bool operator==(const PledgeRecord&) const = default;
};
static_assert(sizeof(PledgeRecord) == 16);

/// A charge that went another way than the terms say.
struct ReportedCharge {
    std::uint32_t instalment = 1;
    std::int64_t uncaptured = 0;  ///< of a pledge charged at once
    std::int64_t fee = 0;         ///< as it was taken
    std::int64_t tax = 0;
    std::int64_t difference = 0;  ///< of both, to what the terms make of them
    std::string method{};         ///< with a fee of its own in the terms
    std::int64_t free = 0;        ///< of the charge: in lines that bear no processing fee
    std::int64_t free_gone = 0;   ///< of that, given back

    bool operator==(const ReportedCharge&) const = default;
};

/// One line of a pledge that the terms have a rule for.
struct PledgeLine {
    std::uint32_t rule = 0;    ///< its place in the terms' list
    std::int64_t amount = 0;   ///< agreed
    std::int64_t charged = 0;  ///< collected
    std::int64_t gone = 0;     ///< of it, back to the backer

    bool operator==(const PledgeLine&) const = default;
};

/// What only some pledges have.
struct PledgeDetail {
    std::vector<AddOnChoice> add_ons{};
    std::string ship_to{};
    std::int64_t shipping = 0;
    std::uint32_t quantity = 1;  ///< of the reward
    std::vector<PledgeLine> lines{};
    Handle supplement_to = no_handle;  ///< the pledge that this charge supplements
    std::vector<Instalment> instalments{};
    std::int64_t refunded = 0;                                   ///< given back so far
    std::array<std::int64_t, refund_item_count> refunded_for{};  ///< by RefundItem, given back or cancelled
    std::int64_t charged_back = 0;                               ///< given back by a bank
    std::int64_t fee_returned = 0;                               ///< of its processing fee
    std::int64_t tax_returned = 0;
    std::int64_t disputed = 0;          ///< held while the dispute is open
    std::int64_t disputed_free = 0;     ///< of it, in lines that bear no platform fee
    std::uint32_t disputed_charge = 1;  ///< the instalment in question, from 1
    Account held_from = Account::escrow;
    DisputeReason reason = DisputeReason::fraud;
    std::int64_t dispute_fee = 0;            ///< of the dispute that is open
    std::int64_t dispute_fees = 0;           ///< of all, out of the campaign's money or the creator's
    std::vector<ReportedCharge> reported{};  ///< those that there is something to say of
    std::uint32_t failures = 0;              ///< tries that failed of a charge in one
    Instant cancelled_at{};                  ///< of a pledge that was charged before
    std::int64_t to_return = 0;              ///< allotted to it of what was rejected, and not refunded yet
    Instant returns_since{};                 ///< since when there is
    std::uint32_t allotments = 0;            ///< how often there was, from none
    std::int64_t allotted_refunded = 0;      ///< of that, what was refunded

    [[nodiscard]] const ReportedCharge* reported_of(std::uint32_t instalment) const noexcept {
        for (const ReportedCharge& charge : reported)
            if (charge.instalment == instalment) return &charge;
        return nullptr;
    }

    bool operator==(const PledgeDetail&) const = default;
};

struct PledgeBook {
    HandleIndex pledges{};
    HandleIndex backers{};
    std::vector<PledgeRecord> records{};       ///< by pledge handle
    std::vector<std::uint32_t> standing_of{};  ///< by backer handle: how many standing pledges
    std::vector<std::int64_t> given_of;        ///< by backer handle: amount of standing pledges, where it is kept
    std::vector<std::uint32_t>
        payout_of;  ///< by pledge handle: the payout its money is in; empty while all are in the first
    std::vector<Instant>
        made_at;  ///< by pledge handle; kept from the first pledge on that is charged when it is made, empty before
    std::unordered_map<Handle, PledgeDetail> details{};

    [[nodiscard]] const PledgeDetail* detail_of(Handle handle) const {
        if (!records[handle].has(PledgeRecord::detailed)) return nullptr;
        return &details.at(handle);
    }
    bool operator==(const PledgeBook&) const = default;
};

}  // namespace crowdrules::campaign
