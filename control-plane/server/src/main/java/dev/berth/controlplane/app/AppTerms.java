package dev.berth.controlplane.app;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.catalog.ServiceTerms;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.tenant.Organization;
import dev.berth.controlplane.tenant.Project;
import dev.berth.controlplane.tenant.Quota;
import dev.berth.controlplane.tenant.Tenants;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// How much apps and organizations may use, and from whom apps take requests. What is said of an
/// app counts before what is said of its organization, and that before what is said of all.
/// Blocks.
public final class AppTerms {

  private final AppRegistry apps;
  private final Tenants tenants;
  private final AccessList accessList;
  private final Quota usual;
  private final Lock adding = new ReentrantLock();

  /// @param usual of organizations and apps of which nothing else is said
  public AppTerms(AppRegistry apps, Tenants tenants, AccessList accessList, Quota usual) {
    this.apps = apps;
    this.tenants = tenants;
    this.accessList = accessList;
    this.usual = usual;
  }

  /// What counts for an app.
  public Quota quota(RegisteredApp app) {
    return quota(app, tenants.organizationOf(app.projectId()));
  }

  private Quota quota(RegisteredApp app, Optional<Organization> tenant) {
    return app.quota().or(tenant.map(Organization::quota).orElse(Quota.none())).or(usual);
  }

  /// What counts for an organization.
  public Quota quota(String organizationId) {
    return tenants.quota(organizationId).or(usual);
  }

  ServiceTerms of(RegisteredApp app) {
    Optional<Organization> tenant = tenants.organizationOf(app.projectId());
    Quota quota = quota(app, tenant);
    return new ServiceTerms(
        app.termsVersion(),
        accessList.addresses(app.appId()),
        quota.requestsPerSecond(),
        quota.concurrentRequests(),
        app.refreshTokenLife(),
        tenant.map(Organization::name).orElse(null));
  }

  /// Refuses files that are more than their app may have.
  void requireRoom(RegisteredApp app, AppBundle files) {
    Long most = quota(app).storedCode();
    if (most != null && files.bytes() > most) {
      throw Refusal.of(
          Refusal.Kind.TOO_LARGE,
          "StoredCodeLimitReached",
          "the files of the app have %d bytes together, and may have %d"
              .formatted(files.bytes(), most));
    }
  }

  /// Makes an app, unless the organization has as many as it may have.
  public RegisteredApp adding(Project project, Supplier<RegisteredApp> add) {
    adding.lock();
    try {
      Integer most = quota(project.organizationId()).apps();
      if (most != null && apps.count(tenants.projectsOf(project.organizationId())) >= most) {
        throw Refusal.conflict(
            "AppLimitReached", "the organization may have at most " + most + " apps");
      }
      return add.get();
    } finally {
      adding.unlock();
    }
  }
}
