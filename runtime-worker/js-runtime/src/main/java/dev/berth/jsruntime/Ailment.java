package dev.berth.jsruntime;

import dev.berth.appmodel.AppId;
import org.jspecify.annotations.Nullable;

/// What is wrong with this process so that it should be replaced: none of these heals.
public sealed interface Ailment {

  /// The app whose doing it is, or `null` when that is not certain: better nobody is blamed than
  /// a neighbour.
  @Nullable AppId appId();

  /// A call holds a thread that nothing but the end of the process gets back.
  record StuckCall(@Nullable AppId appId) implements Ailment {}

  /// The heap stays full although nothing runs any more. Whose doing it is nobody can tell.
  record FullHeap() implements Ailment {

    @Override
    public @Nullable AppId appId() {
      return null;
    }
  }

  /// The engine failed in a way that app code should not be able to make it fail. It may go on
  /// well, or not.
  record EngineFailure(@Nullable AppId appId) implements Ailment {}

  /// Something that every app relies on does not work in new contexts either, so whatever runs
  /// here may get wrong results.
  ///
  /// @param probe what the canary found broken
  record BrokenBuiltIn(@Nullable AppId appId, String probe) implements Ailment {}
}
