package dev.berth.rules.access;

import dev.berth.rules.Candidates;
import dev.berth.rules.Deliberation;
import dev.berth.rules.Facts;
import dev.berth.rules.Functions;
import dev.berth.rules.Question;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;

/// The rules of one collection on behalf of one caller and one request.
///
/// Each document is deliberated about by itself, so documents can be decided about side by side,
/// and what functions said of one is forgotten with it. Every answer is complete already when no
/// function has to be called, and none fails: what cannot be decided is not permitted.
public final class DocumentAccess {

  private final CollectionRules rules;
  private final Facts request;
  private final Functions functions;

  /// @param request what is known of the request, the caller and the app; no document
  /// @param functions run with the rights of the caller, or as they say themselves
  public DocumentAccess(CollectionRules rules, Facts request, Functions functions) {
    this.rules = rules;
    this.request = request;
    this.functions = functions;
  }

  /// What the filters that apply to the request make of its queries.
  public CompletionStage<Narrowing> narrowing() {
    return answer(truths -> rules.narrowing(truths, request));
  }

  /// The documents of which something may be visible, as far as a query can say it.
  public Candidates readable() {
    return rules.readable(request);
  }

  /// The documents that may be changed, as far as a query can say it.
  public Candidates changeable() {
    return rules.changeable(request);
  }

  /// What of a stored document may be seen, if anything.
  public CompletionStage<Optional<BsonDocument>> visible(BsonDocument stored) {
    return answer(truths -> Optional.ofNullable(rules.visible(truths, request, stored)));
  }

  /// What may become of an insert.
  ///
  /// @param written the fields that the caller wrote; an `_id` that was generated is not among
  /// them
  public CompletionStage<Permission> insert(BsonDocument document, BsonDocument written) {
    return answer(truths -> rules.insert(truths, request, document, written));
  }

  /// What may become of an update or a replacement.
  public CompletionStage<Permission> update(BsonDocument before, BsonDocument after) {
    return answer(truths -> rules.update(truths, request, before, after));
  }

  public CompletionStage<Permission> delete(BsonDocument stored) {
    return answer(truths -> rules.delete(truths, request, stored));
  }

  private <T> CompletionStage<T> answer(Question<T> question) {
    return new Deliberation(request, functions).answer(question);
  }
}
