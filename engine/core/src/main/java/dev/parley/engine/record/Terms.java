package dev.parley.engine.record;

import static dev.parley.knowledge.Vocabulary.CORE;
import static dev.parley.knowledge.Vocabulary.DCTERMS;
import static dev.parley.knowledge.Vocabulary.PROV;
import static dev.parley.knowledge.Vocabulary.P_PLAN;
import static dev.parley.knowledge.Vocabulary.RDF;
import static dev.parley.knowledge.Vocabulary.RDFS;
import static dev.parley.knowledge.Vocabulary.SCHEMA;
import static dev.parley.knowledge.Vocabulary.infra;

import dev.parley.knowledge.Term.Iri;

/** The published terms that the Recorder writes. */
final class Terms {
  static final Iri TYPE = new Iri(RDF + "type");
  static final Iri LABEL = new Iri(RDFS + "label");
  static final Iri COMMENT = new Iri(RDFS + "comment");

  static final Iri ACTIVITY = new Iri(PROV + "Activity");
  static final Iri ENTITY = new Iri(PROV + "Entity");
  static final Iri PERSON = new Iri(PROV + "Person");
  static final Iri SOFTWARE_AGENT = new Iri(PROV + "SoftwareAgent");
  static final Iri GENERATED_AT = new Iri(PROV + "generatedAtTime");
  static final Iri INVALIDATED_AT = new Iri(PROV + "invalidatedAtTime");
  static final Iri STARTED_AT = new Iri(PROV + "startedAtTime");
  static final Iri ENDED_AT = new Iri(PROV + "endedAtTime");
  static final Iri SPECIALIZATION_OF = new Iri(PROV + "specializationOf");
  static final Iri GENERATED_BY = new Iri(PROV + "wasGeneratedBy");
  static final Iri INVALIDATED_BY = new Iri(PROV + "wasInvalidatedBy");
  static final Iri REVISION_OF = new Iri(PROV + "wasRevisionOf");
  static final Iri DERIVED_FROM = new Iri(PROV + "wasDerivedFrom");
  static final Iri ATTRIBUTED_TO = new Iri(PROV + "wasAttributedTo");
  static final Iri ASSOCIATED_WITH = new Iri(PROV + "wasAssociatedWith");
  static final Iri USED = new Iri(PROV + "used");

  static final Iri PLAN = new Iri(P_PLAN + "Plan");
  static final Iri STEP = new Iri(P_PLAN + "Step");
  static final Iri PLAN_ACTIVITY = new Iri(P_PLAN + "Activity");
  static final Iri IS_STEP_OF_PLAN = new Iri(P_PLAN + "isStepOfPlan");
  static final Iri IS_PRECEDED_BY = new Iri(P_PLAN + "isPrecededBy");
  static final Iri CORRESPONDS_TO_STEP = new Iri(P_PLAN + "correspondsToStep");

  static final Iri IDENTIFIER = new Iri(DCTERMS + "identifier");
  static final Iri IS_PART_OF = new Iri(DCTERMS + "isPartOf");
  static final Iri SOURCE = new Iri(DCTERMS + "source");

  static final Iri UNIT_PRICE = new Iri(SCHEMA + "UnitPriceSpecification");
  static final Iri PRICE = new Iri(SCHEMA + "price");
  static final Iri PRICE_CURRENCY = new Iri(SCHEMA + "priceCurrency");
  static final Iri CURRENCY = new Iri(SCHEMA + "currency");
  static final Iri UNIT_TEXT = new Iri(SCHEMA + "unitText");

  static final Iri RESOURCE = new Iri(CORE + "Resource");
  static final Iri DEPENDS_ON = new Iri(CORE + "dependsOn");
  static final Iri PORT = infra("network#port");
  static final Iri ACCOUNT = infra("server#Account");

  private Terms() {}
}
