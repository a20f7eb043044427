import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

LABELS = [('wholly', 'wholly derived'), ('partly', 'partly derived'), ('not', 'not derived')]


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0004_versions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='articleversion',
            name='relate_attempts',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='relate_error',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='relate_until',
            field=models.DateTimeField(blank=True, help_text="The worker's hold while it looks for copies.", null=True),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='related',
            field=models.DateTimeField(blank=True, help_text='When the copies of it were looked for.', null=True),
        ),
        migrations.AddIndex(
            model_name='articleversion',
            index=models.Index(condition=models.Q(('related__isnull', True), ('work', 'done')), fields=['id'], name='versions_to_relate'),
        ),
        migrations.CreateModel(
            name='CopyKey',
            fields=[
                ('pk', models.CompositePrimaryKey('key', 'version_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('key', models.BigIntegerField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copy_keys', to='claims.articleversion')),
            ],
        ),
        migrations.CreateModel(
            name='Reuse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(choices=LABELS, max_length=10)),
                ('machine_label', models.CharField(choices=LABELS, max_length=10)),
                ('score', models.FloatField()),
                ('share_a', models.FloatField()),
                ('share_b', models.FloatField()),
                ('direction', models.CharField(blank=True, choices=[('a_from_b', 'A From B'), ('b_from_a', 'B From A'), ('common', 'Common')], max_length=10)),
                ('evidence', models.JSONField(blank=True, default=list)),
                ('matches', models.JSONField(blank=True, default=list)),
                ('changes', models.JSONField(blank=True, default=list)),
                ('producer', models.CharField(max_length=100)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reason', models.TextField(blank=True)),
                ('decided', models.DateTimeField(blank=True, null=True)),
                ('seen', models.PositiveIntegerField(default=0)),
                ('a', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reuse_as_a', to='claims.articleversion')),
                ('b', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reuse_as_b', to='claims.articleversion')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-score', '-pk'),
                'indexes': [
                    models.Index(fields=['a', 'label'], name='claims_reus_a_id_ce1a34_idx'),
                    models.Index(fields=['b', 'label'], name='claims_reus_b_id_5e7420_idx'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('a', 'b'), name='one_reuse_of_a_pair'),
                    models.CheckConstraint(condition=models.Q(('a__lt', models.F('b'))), name='reuse_names_the_older_first'),
                ],
            },
        ),
    ]
