package dev.parley.provider.aws;

import dev.parley.provider.aws.account.AwsSettings;
import dev.parley.provider.aws.account.AwsSettings.Way;
import dev.parley.provider.aws.catalog.AwsType;
import dev.parley.provider.aws.control.Control;
import dev.parley.provider.aws.stack.Live;
import dev.parley.resource.ResourceId;
import dev.parley.value.Value.Fields;

/** Looks at a resource in a stack through Cloud Control, where that can read its type. */
final class ControlLook implements Live {
  private final AwsSettings settings;
  private final Control control;

  ControlLook(AwsSettings settings, Control control) {
    this.settings = settings;
    this.control = control;
  }

  @Override
  public Sight look(AwsType type, String region, String id, Fields properties) {
    if (!settings.ways().contains(Way.CONTROL) || !type.handlers().contains("read")) {
      return new Sight.Blind();
    }
    return control
        .read(type, region, new ResourceId(id))
        .<Sight>map(one -> new Sight.There(one.properties(), true))
        .orElseGet(Sight.Gone::new);
  }
}
