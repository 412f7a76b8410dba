package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Problem;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.frames.GuestThread;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What functions learn of who called and as whom they run.
class CallerTest {

  private static final Caller.SignedIn ANN =
      new Caller.SignedIn(
          "628e47baf4c2ac2796fc8a91",
          "normal",
          new BsonDocument("email", new BsonString("ann@example.com")),
          new BsonDocument("since", new BsonDateTime(1_654_589_430_998L)),
          List.of(new Caller.Identity("i1", "anon-user"), new Caller.Identity("i2", "api-key")));

  private static final String ANN_AS_SEEN =
      """
      {id: '628e47baf4c2ac2796fc8a91', type: 'normal', data: {email: 'ann@example.com'},
       custom_data: {since: {$date: {$numberLong: '1654589430998'}}},
       identities: [{id: 'i1', provider_type: 'anon-user'}, {id: 'i2', provider_type: 'api-key'}]}
      """;

  private final RunningApp app =
      new RunningApp()
          .function("who", "exports = () => context.user;")
          .function("system", "exports = () => context.runningAsSystem();");

  @AfterEach
  void close() {
    app.close();
  }

  private void assertSeen(Caller caller, String user, boolean asSystem) {
    app.caller = caller;

    assertThat(app.returned("who")).isEqualTo(BsonDocument.parse(user));
    assertThat(app.returned("system").asBoolean().getValue()).isEqualTo(asSystem);
  }

  @Test
  void aSignedInUserIsSeenAsTheyAre() {
    assertSeen(ANN, ANN_AS_SEEN, false);
  }

  @Test
  void whoCalledIsSeenWhateverTheRights() {
    Caller.SignedIn other =
        new Caller.SignedIn(
            "639a521bbdec9b85ba94014b",
            "server",
            new BsonDocument(),
            new BsonDocument(),
            List.of());

    assertSeen(new Caller.SystemUser(ANN), ANN_AS_SEEN, true);
    assertSeen(new Caller.InPlaceOf(other, ANN), ANN_AS_SEEN, false);
  }

  @Test
  void theSystemUserHasNoId() {
    assertSeen(
        Caller.system(),
        "{id: '', type: 'system', data: {}, custom_data: {}, identities: []}",
        true);
  }

  @Test
  void nobodyIsNoUserAtAll() {
    app.caller = Caller.nobody();
    app.function("none", "exports = () => context.user === undefined;");

    assertThat(app.returned("none").asBoolean().getValue()).isTrue();
    assertThat(app.returned("system").asBoolean().getValue()).isFalse();
  }

  @Test
  void whatACallDoesToItsUserIsNotSeenByTheNext() {
    app.caller = ANN;
    app.function(
        "spoil", "exports = () => { context.user.data.email = 'x'; context.user.id = 'y'; };");
    app.returned("spoil");

    assertThat(app.returned("who")).isEqualTo(BsonDocument.parse(ANN_AS_SEEN));
  }

  @Test
  void theScriptOfAFunctionRunsUnderANameOfItsOwn() {
    app.scripted("door", "exports = () => 1;", "exports = (name) => 'id of ' + name;");

    BsonValue id = app.returned("run_as:door", new BsonString("ann"));

    assertThat(id).isEqualTo(new BsonString("id of ann"));
  }

  @Test
  void aScriptThatIsNotJavaScriptIsFoundBeforeTheDeployment() throws InterruptedException {
    app.scripted("door", "exports = () => 1;", "exports = ) =>");
    List<Problem> problems = new ArrayList<>();

    var thread =
        new GuestThread(
            "syntax",
            () -> problems.addAll(SyntaxCheck.problems(RunningApp.engine(), app.definition())));
    thread.start();
    thread.join();

    assertThat(problems)
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.toString())
                    .contains(
                        "functions/door.js (run_as_user_id_script_source)", "not JavaScript"));
  }

  @Test
  void aScriptThatDoesNotRunIsAnOutcome() {
    app.scripted("door", "exports = () => 1;", "exports = () => { throw new Error('no'); };");

    assertThat(app.call("run_as:door"))
        .isEqualTo(new Outcome.Threw("FunctionExecutionError", "no"));
  }
}
