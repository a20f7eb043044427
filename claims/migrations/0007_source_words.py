import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

ACTS = (
    *('loaded', 'extracted', 'failed', 'retried', 'version joined', 'version split off', 'duplicate taken in'),
    *('notice decided', 'event created', 'link suggested', 'link confirmed', 'link rejected', 'verdict recorded'),
    *('verdict signed off', 'verdict sent back', 'verdict withdrawn', 'set aside', 'reopened', 'verdict stale'),
    *('verdict kept', 'support withdrawn', 'embargo lifted', 'outlet changed', 'outlets merged', 'outlets parted'),
    *('feed changed', 'copies found', 'reuse labelled', 'sources ruled', 'sources reopened', 'best value set'),
    'best value ended',
)
LABELS = {'version split off': 'Version Split', 'duplicate taken in': 'Duplicate Taken'}


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0006_outlets'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='activity',
            name='kind',
            field=models.CharField(choices=[(act, LABELS.get(act, act.title())) for act in ACTS], max_length=30),
        ),
        migrations.CreateModel(
            name='BestValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended', models.DateTimeField(blank=True, null=True)),
                ('measure', models.CharField(max_length=80)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('population', models.CharField(blank=True, max_length=100)),
                ('unit', models.CharField(blank=True, max_length=10)),
                ('part', models.BooleanField(default=False)),
                ('value', models.DecimalField(decimal_places=3, max_digits=24)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='best_values', to='claims.event')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended__isnull', True)), fields=('event', 'measure', 'place', 'population', 'unit', 'part'), name='one_best_value_of_a_row')],
            },
        ),
        migrations.CreateModel(
            name='SourceWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended', models.DateTimeField(blank=True, null=True)),
                ('level', models.CharField(choices=[('outlets', 'Outlets'), ('newsrooms', 'Newsrooms'), ('primary sources', 'Sources'), ('interest groups', 'Interests')], max_length=20)),
                ('one', models.CharField(max_length=300)),
                ('other', models.CharField(max_length=300)),
                ('one_name', models.CharField(max_length=300)),
                ('other_name', models.CharField(max_length=300)),
                ('same', models.BooleanField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='source_words', to='claims.event')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('ended__isnull', True), ('event__isnull', False)), fields=('event', 'level', 'one', 'other'), name='one_source_word_of_an_event'),
                    models.UniqueConstraint(condition=models.Q(('ended__isnull', True), ('event__isnull', True)), fields=('level', 'one', 'other'), name='one_source_word_of_the_desk'),
                    models.CheckConstraint(condition=models.Q(('one', models.F('other')), _negated=True), name='source_word_of_two'),
                ],
            },
        ),
    ]
