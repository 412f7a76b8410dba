package dev.berth.controlplane.app;

import dev.berth.appmodel.Problem;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.difference.AppDifferences;
import dev.berth.appmodel.directory.Layout;
import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.document.AppExport;
import dev.berth.appmodel.document.ImportDocument;
import dev.berth.appmodel.document.SecretAddresses;
import dev.berth.controlplane.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The files of apps as administrators work on them: what is there, what would change, and how
/// something new takes its place, at once or in a draft.
///
/// What was made of files that are not there any more never takes the place of others: it is made
/// again where nobody had to decide anything, and refused otherwise.
public final class AppWorkspace {

  private static final int MOST_PROBLEMS = 20;
  private static final int ATTEMPTS = 5;

  private final Releases releases;
  private final DraftFiles drafts;

  public AppWorkspace(Releases releases, DraftFiles drafts) {
    this.releases = releases;
    this.drafts = drafts;
  }

  /// The files as they are live, or those that a new app begins with.
  public AppBundle current(RegisteredApp app) {
    return drafts.live(app).files();
  }

  /// The files of a draft; the live ones as long as nothing was changed in it.
  public AppBundle files(RegisteredApp app, Draft draft) {
    return drafts.files(app, draft);
  }

  /// A document on its way through an editor.
  ///
  /// @param layout of the files that it becomes
  /// @param base digest of the files that were live when it was read
  /// @param draft that it was read from; `null` when it is what is live
  public record Work(AppDocument document, Layout layout, String base, @Nullable Draft draft) {

    /// The same after a change.
    public Work with(AppDocument changed) {
      return new Work(changed, layout, base, draft);
    }
  }

  /// What an administrator works on: the draft when there is one, what is live otherwise.
  public Work worked(RegisteredApp app, String administratorId) {
    Candidate now = drafts.live(app);
    Draft draft = drafts.find(app, administratorId).orElse(null);
    AppBundle files = draft == null ? now.files() : drafts.files(app, draft);
    AppExport.Read read = read(files);
    return new Work(read.document(), read.layout(), String.valueOf(now.base()), draft);
  }

  /// Puts an edited document in the place of the one that the administrator works on.
  ///
  /// @throws Refusal when somebody else has changed that meanwhile
  public void edit(RegisteredApp app, String administratorId, Work edited) {
    SecretAddresses.Moved moved = SecretAddresses.in(edited.document());
    Candidate candidate =
        new Candidate(
            taken(AppExport.bundle(moved.document(), edited.layout())),
            moved.secrets(),
            edited.base());
    if (edited.draft() != null) {
      drafts.edit(app, edited.draft(), candidate);
    } else {
      requireLive(releases.deploy(app, candidate, Cause.edit(administratorId)));
    }
  }

  /// The files as one document.
  public static AppDocument document(AppBundle files) {
    return read(files).document();
  }

  static AppExport.Read read(AppBundle files) {
    return switch (AppExport.document(files)) {
      case AppExport.Read read -> read;
      case AppExport.Refused(var problems) -> throw refused(problems);
    };
  }

  /// The files of a bundle that could be taken.
  public static AppBundle taken(AppBundle.Result result) {
    return switch (result) {
      case AppBundle.Taken(var bundle) -> bundle;
      case AppBundle.Refused(var problems) -> throw refused(problems);
    };
  }

  /// One text for each difference between what is live and what an import sends.
  public List<String> differences(RegisteredApp app, byte[] body) {
    return differences(app, read(app, body).files());
  }

  /// One text for each difference between what is live and these files.
  public List<String> differences(RegisteredApp app, AppBundle wanted) {
    return AppDifferences.between(document(current(app)), document(wanted));
  }

  /// Puts what an import sends in the place of the old files: into the administrator's draft when
  /// there is one, and live at once otherwise.
  public void replace(RegisteredApp app, String administratorId, byte[] body) {
    retried(
        () -> {
          Candidate upload = read(app, body);
          Optional<Draft> draft = drafts.find(app, administratorId);
          if (draft.isPresent()) {
            drafts.replace(app, draft.get(), upload);
          } else {
            requireLive(releases.deploy(app, upload, Cause.importing(administratorId)));
          }
          return upload;
        });
  }

  /// Reads what an import sends. It is about this app, whatever it says of its name and App ID;
  /// what an import cannot carry, such as packages, stays as it is.
  private Candidate read(RegisteredApp app, byte[] body) {
    return switch (ImportDocument.read(body)) {
      case ImportDocument.Refused(var problems) -> throw refused(problems);
      case ImportDocument.Taken(var sent, var layout, var values) -> {
        Candidate now = drafts.live(app);
        AppDocument before = document(now.files());
        SecretAddresses.Moved wanted = SecretAddresses.in(sent.about(before).with(before.files()));
        yield new Candidate(
            taken(AppExport.bundle(wanted.document(), layout)),
            values.and(wanted.secrets()),
            now.base());
      }
    };
  }

  /// Deploys what a change makes of the live files.
  public Releases.Result change(RegisteredApp app, UnaryOperator<AppBundle> change, Cause cause) {
    return retried(
        () -> {
          Candidate now = drafts.live(app);
          Candidate changed = new Candidate(change.apply(now.files()), Secrets.none(), now.base());
          return releases.deploy(app, changed, cause);
        });
  }

  /// Deploys a draft, which is over when it is live. One that fails stays, so that it can be
  /// mended.
  ///
  /// @throws Refusal when others have deployed something else since the draft was begun
  public Releases.Result deploy(RegisteredApp app, Draft draft, Cause cause) {
    Releases.Result result =
        retried(() -> releases.deploy(app, drafts.candidate(app, draft), cause));
    if (result instanceof Releases.Live) {
      drafts.discardDeployed(app, draft);
    }
    return result;
  }

  /// Whoever was faster has changed what nobody here has looked at.
  private static <T> T retried(Supplier<T> attempt) {
    for (int left = ATTEMPTS; ; left--) {
      try {
        return attempt.get();
      } catch (Refusal refusal) {
        if (left == 1 || !Drafts.CHANGED.equals(refusal.code())) {
          throw refusal;
        }
      }
    }
  }

  /// Refuses with every problem when a deployment has failed.
  public void requireLive(Releases.Result result) {
    if (result instanceof Releases.Failed(_, var problems)) {
      throw refused(problems);
    }
  }

  static Refusal refused(List<Problem> problems) {
    List<String> errors =
        problems.stream().filter(Problem::isError).map(Problem::toString).toList();
    String shown = String.join("\n", errors.subList(0, Math.min(MOST_PROBLEMS, errors.size())));
    String more =
        errors.size() > MOST_PROBLEMS ? "\nand " + (errors.size() - MOST_PROBLEMS) + " more" : "";
    return Refusal.of(Refusal.Kind.INVALID, "InvalidApp", shown + more);
  }
}
