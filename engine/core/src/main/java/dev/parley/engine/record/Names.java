package dev.parley.engine.record;

import dev.parley.knowledge.Term.Iri;
import dev.parley.knowledge.Vocabulary;
import dev.parley.resource.Address;

/** What a tenant's things are called in the graph. Made of ids and journal places only. */
record Names(String tenant) {
  Iri resource(Address at) {
    return of("resource", at.toString());
  }

  /** The graph of what was seen of a resource at a journal place, and that revision itself. */
  Iri revision(Address at, long sequence) {
    return of("rev", at + "/" + sequence);
  }

  /** The graph that says how a journal entry began and ended lives. */
  Iri meta(String about, long sequence) {
    return of("meta", about + "/" + sequence);
  }

  Iri cost(Address at, long sequence) {
    return of("cost", at + "/" + sequence);
  }

  Iri drift(Address at, long sequence) {
    return of("drift", at + "/" + sequence);
  }

  Iri plan(String plan, int revision) {
    return of("plan", plan + "/" + revision);
  }

  Iri change(String plan, int revision, Address at) {
    return of("change", plan + "/" + revision + "/" + at);
  }

  Iri finding(String plan, int revision, int number) {
    return of("finding", plan + "/" + revision + "/" + number);
  }

  Iri estimate(String plan, int revision) {
    return of("estimate", plan + "/" + revision);
  }

  Iri line(String plan, int revision, int number) {
    return of("line", plan + "/" + revision + "/" + number);
  }

  Iri vote(String plan, int revision, String user, long sequence) {
    return of("vote", plan + "/" + revision + "/" + user + "/" + sequence);
  }

  Iri receipt(String id) {
    return of("receipt", id);
  }

  Iri review(String receipt) {
    return of("review", receipt);
  }

  Iri waiver(String id) {
    return of("waiver", id);
  }

  Iri run(String id) {
    return of("run", id);
  }

  /** The graph that holds some of a run's steps. */
  Iri steps(String run, int part) {
    return of("steps", run + "/" + part);
  }

  Iri step(String run, String step) {
    return of("step", run + "/" + step);
  }

  Iri health(String run, Address at) {
    return of("health", run + "/" + at);
  }

  Iri user(String id) {
    return of("user", id);
  }

  Iri agent(String name) {
    return of("agent", name);
  }

  Iri account(String id) {
    return of("account", id);
  }

  private Iri of(String kind, String id) {
    return Vocabulary.instance(tenant, kind, id);
  }
}
