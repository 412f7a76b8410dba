package dev.berth.identity.throttle;

import dev.berth.appmodel.AppId;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.Done;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/// Slows guessing down, for each account and for each address.
///
/// An account is never closed: what is counted is who tries it from where. Someone who hammers an
/// account waits longer and longer, and the same account answers at once from anywhere else. Only
/// when it is hammered from many addresses does each address get fewer tries, and still one at
/// once. An attempt counts from its beginning, so that many at once are as slow as many in turn,
/// and is taken back when it succeeds.
///
/// Counts are of this process, and bounded in memory. Safe from any thread.
public final class LoginThrottle {

  private static final int MOST_KEYS = 50_000;

  private final Attempts byAccountAndAddress;
  private final Attempts byAccountUnderAttack;
  private final Attempts byAccount;
  private final Attempts byAddress;
  private final Attempts registrations;
  private final Attempts requests;

  public LoginThrottle(InstantSource clock) {
    byAccountAndAddress = new Attempts(clock, 20, Duration.ofSeconds(20), MOST_KEYS);
    byAccountUnderAttack = new Attempts(clock, 2, Duration.ofSeconds(60), MOST_KEYS);
    byAccount = new Attempts(clock, 100, Duration.ofSeconds(20), MOST_KEYS);
    byAddress = new Attempts(clock, 200, Duration.ofSeconds(1), MOST_KEYS);
    registrations = new Attempts(clock, 200, Duration.ofSeconds(1), MOST_KEYS);
    requests = new Attempts(clock, 10, Duration.ofSeconds(30), MOST_KEYS);
  }

  /// One attempt that was allowed to begin.
  public sealed interface Attempt {

    /// It proved who it was.
    void succeeded();
  }

  /// An attempt on an account.
  private final class OnAccount implements Attempt {

    private final String account;
    private final String address;
    private final String both;

    private OnAccount(AppId appId, String account, String remoteAddress) {
      this.account = appId + "/" + account;
      this.address = address(appId, remoteAddress);
      this.both = this.address + "/" + account;
    }

    private Optional<Duration> wait(boolean underAttack) {
      return Stream.of(
              byAddress.wait(address),
              byAccountAndAddress.wait(both),
              underAttack ? byAccountUnderAttack.wait(both) : Optional.<Duration>empty())
          .flatMap(Optional::stream)
          .max(Duration::compareTo);
    }

    private void count() {
      byAddress.count(address);
      byAccountAndAddress.count(both);
      byAccountUnderAttack.count(both);
      byAccount.count(account);
    }

    @Override
    public void succeeded() {
      byAddress.discount(address);
      byAccountAndAddress.forget(both);
      byAccountUnderAttack.forget(both);
      byAccount.discount(account);
    }
  }

  /// An attempt of which it is not known whom it is about.
  private final class FromAddress implements Attempt {

    private final String address;

    private FromAddress(String address) {
      this.address = address;
    }

    @Override
    public void succeeded() {
      byAddress.discount(address);
    }
  }

  /// Begins an attempt to sign in to an account, unless there were too many.
  ///
  /// @param account such as an e-mail address
  public Answer<Attempt> begin(AppId appId, String account, String remoteAddress) {
    OnAccount attempt = new OnAccount(appId, account, remoteAddress);
    Optional<Duration> wait = attempt.wait(byAccount.wait(attempt.account).isPresent());
    if (wait.isPresent()) {
      return tooMany(wait.get());
    }
    attempt.count();
    return Answer.granted(attempt);
  }

  /// Begins an attempt to sign in with something that names no account, unless there were too
  /// many from that address.
  public Answer<Attempt> begin(AppId appId, String remoteAddress) {
    String address = address(appId, remoteAddress);
    return allow(byAddress, address).map(_ -> new FromAddress(address));
  }

  /// Counts a registration, unless there were too many from that address.
  public Answer<Done> register(AppId appId, String remoteAddress) {
    return allow(registrations, address(appId, remoteAddress));
  }

  /// Counts something that makes mail or runs a function for an account that need not be the
  /// sender's, unless there was too much of it.
  public Answer<Done> request(AppId appId, String account) {
    return allow(requests, appId + "/" + account);
  }

  private static String address(AppId appId, String remoteAddress) {
    return appId + "/" + NetworkAddress.key(remoteAddress);
  }

  private static Answer<Done> allow(Attempts attempts, String key) {
    Optional<Duration> wait = attempts.wait(key);
    if (wait.isPresent()) {
      return tooMany(wait.get());
    }
    attempts.count(key);
    return Answer.done();
  }

  private static <T> Answer<T> tooMany(Duration wait) {
    Duration seconds = Duration.ofSeconds(Math.max(1, wait.plusMillis(999).toSeconds()));
    return Answer.denied(
        new Denial(Code.TOO_MANY_REQUESTS, "too many attempts, try again later", seconds));
  }
}
