/* SPDX-License-Identifier: BSL-1.0
 * crowdrules for C, and for every language that can call C: campaigns behind opaque handles, JSON in, JSON out.
 *
 *   crowdrules_answer *terms = crowdrules_terms(story, story_length);
 *   crowdrules_answer *launched = crowdrules_launch(crowdrules_answer_text(terms), crowdrules_answer_length(terms),
 *                                                   "2012-04-11T07:00:00Z", 20);
 *   crowdrules_campaign *campaign = crowdrules_answer_campaign(launched);
 *   crowdrules_answer *pledged = crowdrules_perform(campaign, command, command_length);
 *   if (crowdrules_answer_status(pledged) == CROWDRULES_OK) store(crowdrules_answer_text(pledged));
 *   crowdrules_answer_free(pledged);
 *   ...
 *   crowdrules_campaign_free(campaign);
 *
 * Every function that can fail gives an answer: a status and a text, which is JSON. The caller frees it. None is ever
 * null: when memory is at its end there is an answer that says so. No exception and no signal comes out of here.
 *
 * Texts come with their length in bytes and need no zero at their end; they are UTF-8. The text of an answer ends with
 * a zero byte that its length does not count, and lives as long as the answer.
 *
 * What messages look like: `crowdrules schema command`, `crowdrules schema event`, and docs/hosts.md.
 *
 * Threads: a campaign is used by one thread at a time; a second one meanwhile is answered CROWDRULES_MISUSED. Different
 * campaigns know nothing of each other, and there is no other state.
 */
#ifndef CROWDRULES_H
#define CROWDRULES_H

#include <stddef.h>

#if defined(__GNUC__)
#define CROWDRULES_API __attribute__((visibility("default")))
#else
#define CROWDRULES_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when something here changes so that what was compiled with it before would not work. */
#define CROWDRULES_ABI 1

typedef enum crowdrules_status {
    CROWDRULES_OK = 0,
    CROWDRULES_REFUSED = 1,    /* the rules say no: {"refusal":{"code":...,"what":...,"accepted":...},"events":[...]} */
    CROWDRULES_UNREADABLE = 2, /* what was given is wrong by itself: {"errors":[{"what":...,"accepted":...}]} */
    CROWDRULES_MISUSED = 3,    /* null, no handle, another thread, events that do not follow: {"errors":[...]} */
    CROWDRULES_NO_MEMORY = 4   /* nothing was done */
} crowdrules_status;

typedef struct crowdrules_answer crowdrules_answer;
typedef struct crowdrules_campaign crowdrules_campaign;

/* The version of the library that is loaded, "0.1.0", and the CROWDRULES_ABI that it was compiled with. */
CROWDRULES_API const char *crowdrules_version(void);
CROWDRULES_API int crowdrules_abi(void);

/* What came of a call. Of null: CROWDRULES_MISUSED, "", 0, null. */
CROWDRULES_API crowdrules_status crowdrules_answer_status(const crowdrules_answer *answer);
CROWDRULES_API const char *crowdrules_answer_text(const crowdrules_answer *answer);
CROWDRULES_API size_t crowdrules_answer_length(const crowdrules_answer *answer);
/* The campaign of an answer to launch, replay or copy. It is the caller's from then on; asked again: null. */
CROWDRULES_API crowdrules_campaign *crowdrules_answer_campaign(crowdrules_answer *answer);
/* Frees an answer, and a campaign that nobody took. Null does nothing. */
CROWDRULES_API void crowdrules_answer_free(crowdrules_answer *answer);

/* The terms with which the campaign of a story is launched, as JSON: a rule pack and the creator's draft in TOML, as
 * docs/scenarios.md says; the story may end there. Refuses what no pack allows as CROWDRULES_UNREADABLE, all of it at
 * once, with line and column. */
CROWDRULES_API crowdrules_answer *crowdrules_terms(const char *story, size_t length);

/* A campaign under these terms, launched at an instant ("2012-04-11T07:00:00Z"). Text: {"events":[the first event]}. */
CROWDRULES_API crowdrules_answer *crowdrules_launch(const char *terms, size_t terms_length, const char *at,
                                                    size_t at_length);
/* A campaign from its stored events, one of them on each line, in order. Text: {"events":number of them}. */
CROWDRULES_API crowdrules_answer *crowdrules_replay(const char *events, size_t length);
/* A second campaign that is equal to the first. */
CROWDRULES_API crowdrules_answer *crowdrules_copy(const crowdrules_campaign *campaign);
/* Null does nothing. */
CROWDRULES_API void crowdrules_campaign_free(crowdrules_campaign *campaign);

/* Whether a command may be carried out now, and what it would bring about: {"already_done":false,"events":[...]}.
 * Changes nothing. */
CROWDRULES_API crowdrules_answer *crowdrules_decide(const crowdrules_campaign *campaign, const char *command,
                                                    size_t length);
/* The same, and it happens. The events are to be stored, in order; also those of a refusal: they fell due before it. */
CROWDRULES_API crowdrules_answer *crowdrules_perform(crowdrules_campaign *campaign, const char *command,
                                                     size_t length);
/* What happens by itself up to and including an instant: {"events":[...]}. */
CROWDRULES_API crowdrules_answer *crowdrules_advance(crowdrules_campaign *campaign, const char *until, size_t length);
/* Applies stored events, one on each line: all of them, or none. One that was applied before, or does not follow, is
 * CROWDRULES_MISUSED. */
CROWDRULES_API crowdrules_answer *crowdrules_evolve(crowdrules_campaign *campaign, const char *events, size_t length);

/* All that is due, in order of time, each with its key: {"agenda":[...]}. */
CROWDRULES_API crowdrules_answer *crowdrules_agenda(const crowdrules_campaign *campaign);
/* What is due of one pledge, in the same form. */
CROWDRULES_API crowdrules_answer *crowdrules_agenda_of(const crowdrules_campaign *campaign,
                                                       unsigned long long pledge);
/* The statement: every figure, what it is made of, and who holds what. */
CROWDRULES_API crowdrules_answer *crowdrules_statement(const crowdrules_campaign *campaign);
/* How a figure of the statement came about ("platform_fee"). Refuses a name that is none, with those that there are. */
CROWDRULES_API crowdrules_answer *crowdrules_explain(const crowdrules_campaign *campaign, const char *figure,
                                                     size_t length);
/* One pledge as it stands: {"pledge":1,"backer":7,"amount":"115.00","state":"pledged",...}. */
CROWDRULES_API crowdrules_answer *crowdrules_pledge(const crowdrules_campaign *campaign, unsigned long long pledge);
/* What does not add up in the books, a sentence each: {"wrong":[]}. */
CROWDRULES_API crowdrules_answer *crowdrules_check(const crowdrules_campaign *campaign);

#ifdef __cplusplus
}
#endif

#endif
