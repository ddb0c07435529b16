// SPDX-License-Identifier: BSL-1.0
#include <crowdrules/core/contract.hpp>
#include <crowdrules/ledger/ledger.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>

// One build, the widest registers of the machine that runs it. Elsewhere the plain loop is what the compiler makes of
// it.
#if defined(__x86_64__) && defined(__ELF__) && defined(__GLIBC__) && defined(__GNUC__)
#define CROWDRULES_WIDEST_REGISTERS __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define CROWDRULES_WIDEST_REGISTERS
#endif

namespace crowdrules {
namespace {

constexpr Int128 least = std::numeric_limits<std::int64_t>::min();
constexpr Int128 most = std::numeric_limits<std::int64_t>::max();

[[noreturn]] void throw_overflow(Account from, Account to, Currency currency) {
    throw Overflow(
        fmt::format("a balance in {} leaves 64 bits: {} or {}", currency.code(), to_text(from), to_text(to)));
}

/// The sum modulo 2^64, and the sum of the upper halves alone.
struct HalfSums {
    std::uint64_t whole = 0;
    std::int64_t upper = 0;
};

CROWDRULES_WIDEST_REGISTERS
HalfSums half_sums(const std::int64_t* minor, std::size_t count) noexcept {
    std::uint64_t whole = 0;
    std::int64_t upper = 0;
    for (std::size_t i = 0; i < count; ++i) {
        whole += static_cast<std::uint64_t>(minor[i]);
        upper += minor[i] >> 32;
    }
    return {whole, upper};
}

}  // namespace

void Ledger::post(const Entry& entry) {
    if (entry.postings().empty()) return;
    const Currency theirs = entry.postings().front().amount.currency();
    if (theirs != currency_)
        throw CurrencyMismatch(fmt::format("entry '{}' is in {}, but the ledger in {}", entry.description(),
                                           theirs.code(), currency_.code()));
    // All postings count before any limit does, so that their order does not matter.
    std::array<Int128, account_count> next;
    std::copy(balances_.begin(), balances_.end(), next.begin());
    for (const Posting& posting : entry.postings())
        next[static_cast<std::size_t>(posting.account)] += posting.amount.minor();
    for (std::size_t i = 0; i < account_count; ++i)
        if (next[i] < least || next[i] > most)
            throw Overflow(fmt::format("entry '{}': the balance of {} in {} leaves 64 bits", entry.description(),
                                       to_text(static_cast<Account>(i)), currency_.code()));
    for (std::size_t i = 0; i < account_count; ++i) balances_[i] = static_cast<std::int64_t>(next[i]);
}

void Ledger::transfer(Account from, Account to, std::int64_t minor) {
    const auto source = static_cast<std::size_t>(from), target = static_cast<std::size_t>(to);
    expects(source < account_count && target < account_count, "a transfer names accounts that exist");
    if (source == target) return;
    std::int64_t source_after, target_after;
    const bool source_overflows = __builtin_sub_overflow(balances_[source], minor, &source_after);
    const bool target_overflows = __builtin_add_overflow(balances_[target], minor, &target_after);
    if (source_overflows || target_overflows) throw_overflow(from, to, currency_);
    balances_[source] = source_after;
    balances_[target] = target_after;
}

Int128 exact_sum(std::span<const std::int64_t> minor) noexcept {
    // An amount is upper * 2^32 + lower with lower in [0, 2^32). Summing the uppers cannot overflow; the lowers of
    // fewer than 2^32 amounts sum to less than 2^64, so that the sum modulo 2^64 gives them exactly. Both loops are one
    // addition for each lane, which 128-bit additions are not.
    constexpr std::size_t block = std::size_t{1} << 31;
    Int128 sum = 0;
    while (!minor.empty()) {
        const auto now = minor.first(std::min(block, minor.size()));
        const HalfSums sums = half_sums(now.data(), now.size());
        const std::uint64_t lower = sums.whole - (static_cast<std::uint64_t>(sums.upper) << 32);
        sum += (static_cast<Int128>(sums.upper) << 32) + static_cast<Int128>(lower);
        minor = minor.subspan(now.size());
    }
    return sum;
}

}  // namespace crowdrules
