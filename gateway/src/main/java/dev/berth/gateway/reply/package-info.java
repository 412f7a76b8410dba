/// Outcomes and refusals as HTTP: the only place of the gateway that knows status codes.
///
/// Read [dev.berth.gateway.reply.OutcomeReplies] and [dev.berth.gateway.reply.Refusal] first.
@NullMarked
package dev.berth.gateway.reply;

import org.jspecify.annotations.NullMarked;
