package dev.parley.engine.record;

import dev.parley.catalog.Catalog;
import dev.parley.catalog.Offering;
import dev.parley.catalog.TypeSchema;
import dev.parley.engine.account.Accounts;
import dev.parley.identity.Account;
import dev.parley.identity.Directory;
import dev.parley.identity.User;
import dev.parley.resource.ResourceType;
import java.util.Optional;

/** What the Recorder looks up to say more about a resource than its event holds. */
public interface Surroundings {
  /** Knows nothing: the graph then holds what stands in the events alone. */
  Surroundings NONE =
      new Surroundings() {
        @Override
        public Optional<TypeSchema> schema(String tenant, String account, ResourceType type) {
          return Optional.empty();
        }

        @Override
        public Optional<String> service(String tenant, String account, ResourceType type) {
          return Optional.empty();
        }

        @Override
        public Optional<Account> account(String tenant, String account) {
          return Optional.empty();
        }

        @Override
        public Optional<User> user(String tenant, String user) {
          return Optional.empty();
        }
      };

  /** The schema of a type in an account's catalog. */
  Optional<TypeSchema> schema(String tenant, String account, ResourceType type);

  /** The everyday service whose principal resource is of this type: {@code vm}, {@code bucket}. */
  Optional<String> service(String tenant, String account, ResourceType type);

  /** A configured account. */
  Optional<Account> account(String tenant, String account);

  /** A user of the tenant. */
  Optional<User> user(String tenant, String user);

  /** What accounts, their catalogs and the directory know; silent where a catalog can't be read. */
  static Surroundings of(Accounts accounts, Directory directory) {
    return new Surroundings() {
      @Override
      public Optional<TypeSchema> schema(String tenant, String account, ResourceType type) {
        return catalog(tenant, account).flatMap(catalog -> catalog.describe(type));
      }

      @Override
      public Optional<String> service(String tenant, String account, ResourceType type) {
        return catalog(tenant, account).stream()
            .flatMap(catalog -> catalog.offerings().stream())
            .filter(offering -> offering.principal().equals(type))
            .map(Offering::service)
            .findFirst();
      }

      @Override
      public Optional<Account> account(String tenant, String account) {
        return accounts.account(tenant, account);
      }

      @Override
      public Optional<User> user(String tenant, String user) {
        return directory.user(tenant, user);
      }

      private Optional<Catalog> catalog(String tenant, String account) {
        try {
          return accounts
              .account(tenant, account)
              .map(_ -> accounts.provider(tenant, account).catalog());
        } catch (RuntimeException e) {
          return Optional.empty();
        }
      }
    };
  }
}
