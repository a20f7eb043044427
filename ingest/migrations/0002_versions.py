import hashlib

import django.db.models.deletion
from django.db import migrations, models


def give_keys(apps, schema_editor):
    """What the desk holds already is known by its ids and texts as well."""
    key = apps.get_model('ingest', 'StoryKey')
    versions = apps.get_model('claims', 'ArticleVersion').objects.only('article_id', 'wire_id', 'text')
    for version in versions.order_by('pk').iterator(chunk_size=200):
        digest = hashlib.sha256(version.text.encode('utf-8', 'replace')).hexdigest() if version.text else ''
        for kind, value in (('id', version.wire_id), ('text', digest)):
            if value:
                key.objects.get_or_create(kind=kind, value=value)[0].articles.add(version.article_id)


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0004_versions'),
        ('ingest', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='batch',
            name='origin',
            field=models.CharField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name='batch',
            name='route',
            field=models.CharField(choices=[('upload', 'Upload'), ('api', 'Api'), ('folder', 'Folder'), ('feed', 'Feed'), ('mail', 'Mail')], default='upload', max_length=20),
        ),
        migrations.AddField(
            model_name='delivery',
            name='container',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='ingest.delivery'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='forced',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='delivery',
            name='part',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='replaces',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='claims.article'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='same_as',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='repeated_by', to='claims.articleversion'),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='state',
            field=models.CharField(choices=[('received', 'Received'), ('reading', 'Reading'), ('opened', 'Opened'), ('undecided', 'Undecided'), ('loaded', 'Loaded'), ('duplicate', 'Duplicate'), ('rejected', 'Rejected'), ('failed', 'Failed')], default='received', max_length=20),
        ),
        migrations.RemoveConstraint(
            model_name='delivery',
            name='same_bytes_once',
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('state__in', ('duplicate', 'rejected')), _negated=True), ('forced', False)), fields=('sha256',), name='same_bytes_once'),
        ),
        migrations.CreateModel(
            name='StoryKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('id', 'Id'), ('text', 'Text')], max_length=10)),
                ('value', models.CharField(max_length=300)),
                ('articles', models.ManyToManyField(blank=True, related_name='keys', to='claims.article')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'value'), name='one_row_of_a_key')],
            },
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
    ]
