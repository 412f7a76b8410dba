package dev.berth.launcher.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches folders with all that is below them and says which of them changed.
///
/// A save is rarely one event: editors write beside the file and rename, version control changes
/// hundreds of files. So a change is told once it has been quiet for a moment, and what changed
/// in a folder is for the listener to find out. Nothing that happens after [#open] is missed.
public final class FolderWatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderWatcher.class);

  /// Busy folders that no app is made of.
  private static final Set<String> NEVER_WATCHED = Set.of(".git", ".berth", "node_modules");

  /// A folder that never comes to rest is told about all the same.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final WatchService service;
  private final List<Path> roots;
  private final Set<Path> ignored;
  private final Duration quiet;
  private final Map<WatchKey, Path> folders = new HashMap<>();

  private FolderWatcher(
      WatchService service, Collection<Path> roots, Collection<Path> ignored, Duration quiet) {
    this.service = service;
    this.roots = List.copyOf(roots);
    this.ignored = Set.copyOf(ignored);
    this.quiet = quiet;
  }

  /// Begins to notice changes; [#start] begins to tell.
  ///
  /// @param roots absolute paths of folders
  /// @param ignored absolute paths below them that are of no interest
  /// @param quiet how long nothing must happen before a change is told
  public static FolderWatcher open(Collection<Path> roots, Collection<Path> ignored, Duration quiet)
      throws IOException {
    Path anyRoot = roots.iterator().next();
    FolderWatcher watcher =
        new FolderWatcher(anyRoot.getFileSystem().newWatchService(), roots, ignored, quiet);
    for (Path root : watcher.roots) {
      watcher.register(root);
    }
    return watcher;
  }

  /// Tells the listener which root changed, one call at a time, on a thread of its own.
  public void start(Consumer<Path> listener) {
    Thread.ofPlatform().daemon().name("folder-watcher").start(() -> watch(listener));
  }

  private void watch(Consumer<Path> listener) {
    try {
      while (true) {
        Set<Path> changed = new LinkedHashSet<>();
        note(service.take(), changed);
        collectUntilQuiet(changed);
        changed.forEach(root -> tell(listener, root));
      }
    } catch (ClosedWatchServiceException closed) {
      LOG.debug("stopped watching");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void collectUntilQuiet(Set<Path> changed) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    WatchKey key = poll();
    while (key != null) {
      note(key, changed);
      key = System.nanoTime() < end ? poll() : null;
    }
  }

  private @Nullable WatchKey poll() throws InterruptedException {
    return service.poll(quiet.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void note(WatchKey key, Set<Path> changed) {
    Path folder = folders.get(key);
    if (folder == null) {
      key.cancel();
      return;
    }
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.kind().equals(OVERFLOW)) {
        // Too much at once to be listed: anything may have happened, below any folder.
        roots.forEach(this::registerAgain);
        changed.addAll(roots);
      } else if (event.context() instanceof Path name) {
        Path path = folder.resolve(name);
        if (isWatched(path)) {
          if (event.kind().equals(ENTRY_CREATE) && Files.isDirectory(path)) {
            registerAgain(path);
          }
          roots.stream().filter(path::startsWith).forEach(changed::add);
        }
      }
    }
    if (!key.reset()) {
      folders.remove(key);
    }
  }

  private static void tell(Consumer<Path> listener, Path root) {
    try {
      listener.accept(root);
    } catch (RuntimeException e) {
      // One failed redeployment must not end the watch: the next save gets its chance.
      LOG.atError().setCause(e).addKeyValue("folder", root).log("could not follow a change");
    }
  }

  private void registerAgain(Path folder) {
    try {
      register(folder);
    } catch (IOException e) {
      // It may be gone again already; what is above it is still watched.
      LOG.atDebug().setCause(e).addKeyValue("folder", folder).log("cannot watch a new folder");
    }
  }

  private void register(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (!isWatched(folder)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            folders.put(folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE), folder);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (roots.contains(file)) {
              throw failure;
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private boolean isWatched(Path path) {
    return ignored.stream().noneMatch(path::startsWith)
        && (roots.contains(path) || !NEVER_WATCHED.contains(path.getFileName().toString()));
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("could not stop watching");
    }
  }
}
