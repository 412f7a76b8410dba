package dev.berth.controlplane.admin.gate;

import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.AdminRequest;
import dev.berth.controlplane.app.AppRegistry;
import dev.berth.controlplane.app.RegisteredApp;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.session.AdminSession;
import dev.berth.controlplane.session.AdminSessions;
import dev.berth.controlplane.tenant.Administrator;
import dev.berth.controlplane.tenant.Project;
import dev.berth.controlplane.tenant.Role;
import dev.berth.controlplane.tenant.Tenants;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets requests through to their routes. Blocks.
public final class Gate {

  private static final String BEARER = "Bearer ";

  private final AdminSessions sessions;
  private final Tenants tenants;
  private final AppRegistry apps;
  private final LocalAccess local;
  private final DigestAuthentication digest;

  public Gate(
      AdminSessions sessions,
      Tenants tenants,
      AppRegistry apps,
      LocalAccess local,
      DigestAuthentication digest) {
    this.sessions = sessions;
    this.tenants = tenants;
    this.apps = apps;
    this.local = local;
    this.digest = digest;
  }

  /// The call of a request that may go on.
  ///
  /// @param parameters what stands in the path, by name
  /// @throws Refusal when it may not; what belongs to others is not found
  public AdminCall admit(AdminRequest request, Access access, Map<String, String> parameters) {
    AdminCall call = identify(request, access, parameters);
    requireRole(call, access);
    return call;
  }

  /// The call of somebody who may know of what it is about, whether they may do it or not.
  ///
  /// @param parameters what stands in the path, by name
  /// @throws Refusal when they may not; what belongs to others is not found
  public AdminCall identify(AdminRequest request, Access access, Map<String, String> parameters) {
    AdminSession session = session(request, access);
    if (session != null) {
      requireSay(session.administrator(), parameters.get("org"));
    }
    String projectId = parameters.get("group");
    if (session == null || projectId == null) {
      return new AdminCall(request, parameters, session, null, null);
    }
    Project project = project(session.administrator(), projectId);
    String internalId = parameters.get("app");
    RegisteredApp app = internalId == null ? null : app(project, internalId);
    return new AdminCall(request, parameters, session, project, app);
  }

  private @Nullable AdminSession session(AdminRequest request, Access access) {
    return switch (access) {
      case ANYBODY -> null;
      case REFRESH -> sessions.verifyRefresh(token(request));
      case DIGEST -> digest.authenticate(request);
      case SIGNED_IN, READ, EDIT, OWN, OWN_ORGANIZATION, OPERATE -> signedIn(request);
    };
  }

  private AdminSession signedIn(AdminRequest request) {
    Optional<AdminSession> developer =
        request.header("Authorization") == null ? local.session(request) : Optional.empty();
    return developer.orElseGet(() -> sessions.verifyAccess(token(request)));
  }

  private static String token(AdminRequest request) {
    String header = request.header("Authorization");
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw Refusal.invalidSession("invalid session: no access token");
    }
    return header.substring(BEARER.length()).strip();
  }

  /// Who has no say in an organization does not learn whether there is one.
  private void requireSay(Administrator administrator, @Nullable String organizationId) {
    if (organizationId != null
        && (!administrator.mayManage(organizationId)
            || tenants.organization(organizationId).isEmpty())) {
      throw Refusal.notFound("OrganizationNotFound", "organization not found");
    }
  }

  private Project project(Administrator administrator, String projectId) {
    return tenants
        .find(projectId)
        .filter(found -> administrator.roleIn(found).isPresent())
        .orElseThrow(() -> Refusal.notFound("GroupNotFound", "group not found"));
  }

  private RegisteredApp app(Project project, String internalId) {
    return apps.find(project.id(), internalId)
        .orElseThrow(() -> Refusal.notFound("AppNotFound", "app not found: '" + internalId + "'"));
  }

  /// Refuses who has too small a role for it.
  public void requireRole(AdminCall call, Access access) {
    if (access == Access.OPERATE && !call.administrator().isOperator()) {
      throw Refusal.of(
          Refusal.Kind.FORBIDDEN,
          "Unauthorized",
          "this is for the owners of the first organization, who run the installation");
    }
    Role needed = access.role();
    Project project = call.project();
    if (needed != null
        && project != null
        && call.administrator().roleIn(project).filter(role -> role.includes(needed)).isEmpty()) {
      throw Refusal.of(
          Refusal.Kind.FORBIDDEN,
          "Unauthorized",
          "this needs the role " + needed.wireName() + " in the project");
    }
  }
}
