using System.Text;
using Cordon.Casework.Audit;
using Cordon.Casework.Storage;
using Cordon.Tests.Storage;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Tests.Audit;

/// <summary>What someone with the database's password could do, each found by the verifier.</summary>
public sealed class AuditVerifierTests
{
    private const int Events = 30;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task An_untouched_log_is_sound(Provider provider)
    {
        await using var log = await SealedLog.CreateAsync(provider, Events);
        await log.SayAsync(2, "waiting");
        var report = await log.VerifyAsync();
        Assert.Empty(report.Faults);
        Assert.Equal((Events, 2, 5), (report.Leaves, report.Waiting, report.Checkpoints));
    }

    [Fact]
    public async Task An_empty_log_is_sound()
    {
        await using var log = await SealedLog.CreateAsync(Provider.Sqlite);
        var report = await log.VerifyAsync();
        Assert.True(report.Sound);
        Assert.Equal(MerkleTree.EmptyRoot.ToString(), report.Root);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Erasing_every_personal_part_leaves_the_log_sound(Provider provider)
    {
        await using var log = await SealedLog.CreateAsync(provider, Events);
        Assert.Contains(await log.EventsAsync(), e => e.Personal is not null);
        await log.DamageAsync(db => db.Set<EventRow>().ExecuteUpdateAsync(e => e.SetProperty(r => r.Personal, (string?)null)));
        Assert.Empty((await log.VerifyAsync(await log.CheckpointAtAsync(14))).Faults);
    }

    [Theory]
    [InlineData(Provider.Sqlite, 60)]
    [InlineData(Provider.Postgres, 15)]
    public async Task Any_one_character_of_a_body_changed_is_found_at_its_leaf(Provider provider, int times)
    {
        await using var log = await SealedLog.CreateAsync(provider, Events);
        var events = await log.EventsAsync();
        var any = from row in Gen.Int[0, Events - 1] from at in Gen.Int[0, events[row].Body.Length - 1] from c in Gen.Char[" \"09azAZ{}:,王"] select (row, at, c);
        await any.SampleAsync(async change =>
        {
            var row = events[change.row];
            if (row.Body[change.at] == change.c) return;
            await SetBodyAsync(row.Position, row.Body[..change.at] + change.c + row.Body[(change.at + 1)..]);
            var report = await log.VerifyAsync();
            Assert.Contains(report.Faults, f => f.Kind == AuditFaultKind.BodyChanged && f.Leaf == row.Leaf && f.Position == row.Position);
            Assert.All(report.Faults, f => Assert.True(f.Leaf is null || f.Leaf == row.Leaf, $"{f.Kind} blames {f.Leaf}."));
            await SetBodyAsync(row.Position, row.Body);
        }, iter: times, threads: 1);
        Assert.Empty((await log.VerifyAsync()).Faults);

        Task SetBodyAsync(long position, string body) =>
            log.DamageAsync(db => db.Set<EventRow>().Where(e => e.Position == position).ExecuteUpdateAsync(e => e.SetProperty(r => r.Body, body)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(29)]
    public async Task A_body_changed_together_with_its_hash_is_found_by_the_root(int leaf)
    {
        await using var log = await SealedLog.CreateAsync(Provider.Sqlite, Events);
        var body = (await log.EventsAsync())[leaf].Body.Replace("说", "瞒", StringComparison.Ordinal);
        var hash = MerkleTree.LeafHash(Encoding.UTF8.GetBytes(body)).ToArray();
        await log.DamageAsync(db => db.Set<EventRow>().Where(e => e.Leaf == leaf).ExecuteUpdateAsync(e => e.SetProperty(r => r.Body, body).SetProperty(r => r.LeafHash, hash)));
        var fault = Assert.Single((await log.VerifyAsync()).Faults);
        Assert.Equal((AuditFaultKind.RootDiffers, Math.Min(Events, ((leaf / 7) + 1) * 7)), (fault.Kind, fault.Leaf));
    }

    [Theory]
    [InlineData(Provider.Sqlite, 0)]
    [InlineData(Provider.Sqlite, 12)]
    [InlineData(Provider.Sqlite, 29)]
    [InlineData(Provider.Postgres, 12)]
    public async Task A_deleted_event_is_found(Provider provider, long leaf)
    {
        await using var log = await SealedLog.CreateAsync(provider, Events);
        await log.DamageAsync(db => db.Set<EventRow>().Where(e => e.Leaf == leaf).ExecuteDeleteAsync());
        var kinds = (await log.VerifyAsync()).Faults.Select(f => f.Kind).ToList();
        Assert.Contains(leaf == Events - 1 ? AuditFaultKind.CheckpointBeyond : AuditFaultKind.LeafMissing, kinds);
    }

    [Fact]
    public async Task A_deleted_event_is_found_though_the_later_ones_move_up_and_the_head_with_them()
    {
        await using var log = await SealedLog.CreateAsync(Provider.Sqlite, Events);
        await log.DamageAsync(async db =>
        {
            await db.Set<EventRow>().Where(e => e.Leaf == 12).ExecuteDeleteAsync();
            for (long leaf = 13; leaf < Events; leaf++)
                await db.Set<EventRow>().Where(e => e.Leaf == leaf).ExecuteUpdateAsync(e => e.SetProperty(r => r.Leaf, leaf - 1));
            await db.Set<AuditHeadRow>().ExecuteUpdateAsync(h => h.SetProperty(r => r.Size, Events - 1));
        });
        var kinds = (await log.VerifyAsync()).Faults.Select(f => f.Kind).ToList();
        Assert.Contains(AuditFaultKind.RootDiffers, kinds);
        Assert.Contains(AuditFaultKind.StreamGap, kinds);
        Assert.Contains(AuditFaultKind.CheckpointBeyond, kinds);
    }

    [Fact]
    public async Task A_deleted_event_that_waited_for_its_leaf_leaves_a_gap_in_its_stream()
    {
        await using var log = await SealedLog.CreateAsync(Provider.Sqlite, Events);
        await log.SayAsync(10);
        var victim = (await log.EventsAsync())[Events].Position;
        await log.DamageAsync(db => db.Set<EventRow>().Where(e => e.Position == victim).ExecuteDeleteAsync());
        Assert.Equal([AuditFaultKind.StreamGap], (await log.VerifyAsync()).Faults.Select(f => f.Kind));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Two_events_that_change_places_are_found(Provider provider)
    {
        await using var log = await SealedLog.CreateAsync(provider, Events);
        await log.DamageAsync(async db =>
        {
            await MoveAsync(db, 8, 1_000);
            await MoveAsync(db, 20, 8);
            await MoveAsync(db, 1_000, 20);
        });
        var fault = Assert.Single((await log.VerifyAsync()).Faults);
        Assert.Equal((AuditFaultKind.RootDiffers, 14L), (fault.Kind, fault.Leaf));

        static Task MoveAsync(CaseworkContext db, long from, long to) =>
            db.Set<EventRow>().Where(e => e.Leaf == from).ExecuteUpdateAsync(e => e.SetProperty(r => r.Leaf, to));
    }

    [Fact]
    public async Task A_checkpoint_changed_in_any_character_is_found()
    {
        await using var log = await SealedLog.CreateAsync(Provider.Sqlite, Events);
        var note = await log.CheckpointAtAsync(14);
        await Gen.Select(Gen.Int[0, note.Length - 1], Gen.Char["059azAZ+/= "]).SampleAsync(async (at, c) =>
        {
            if (note[at] == c) return;
            await SetNoteAsync(note[..at] + c + note[(at + 1)..]);
            Assert.Contains((await log.VerifyAsync()).Faults, f => f.Kind == AuditFaultKind.CheckpointInvalid && f.Leaf == 14);
        }, iter: 40, threads: 1);
        await SetNoteAsync(note);
        Assert.Empty((await log.VerifyAsync()).Faults);

        Task SetNoteAsync(string text) =>
            log.DamageAsync(db => db.Set<AuditCheckpointRow>().Where(c => c.Size == 14).ExecuteUpdateAsync(c => c.SetProperty(r => r.Note, text)));
    }

    [Fact]
    public async Task A_checkpoint_put_under_another_size_is_found()
    {
        await using var log = await SealedLog.CreateAsync(Provider.Sqlite, Events);
        var other = await log.CheckpointAtAsync(21);
        await log.DamageAsync(db => db.Set<AuditCheckpointRow>().Where(c => c.Size == 14).ExecuteUpdateAsync(c => c.SetProperty(r => r.Note, other)));
        Assert.Equal([AuditFaultKind.CheckpointInvalid], (await log.VerifyAsync()).Faults.Select(f => f.Kind));
    }

    [Fact]
    public async Task A_checkpoint_deleted_at_the_end_is_found()
    {
        await using var log = await SealedLog.CreateAsync(Provider.Sqlite, Events);
        await log.DamageAsync(db => db.Set<AuditCheckpointRow>().Where(c => c.Size == Events).ExecuteDeleteAsync());
        Assert.Equal([AuditFaultKind.Unsealed], (await log.VerifyAsync()).Faults.Select(f => f.Kind));
    }

    [Theory]
    [InlineData(nameof(EventRow.Actor))]
    [InlineData(nameof(EventRow.Name))]
    [InlineData(nameof(EventRow.Stream))]
    [InlineData(nameof(EventRow.Version))]
    [InlineData(nameof(EventRow.At))]
    public async Task A_column_that_says_other_than_the_body_is_found(string column)
    {
        await using var log = await SealedLog.CreateAsync(Provider.Sqlite, Events);
        await log.DamageAsync(async db =>
        {
            var row = await db.Set<EventRow>().SingleAsync(e => e.Leaf == 9);
            object value = column switch
            {
                nameof(EventRow.Version) => 77,
                nameof(EventRow.At) => row.At + TimeSpan.FromMicroseconds(1),
                _ => "another",
            };
            db.Entry(row).Property(column).CurrentValue = value;
            await db.SaveChangesAsync();
        });
        Assert.Contains((await log.VerifyAsync()).Faults, f => f.Kind == AuditFaultKind.ColumnDiffers && f.Leaf == 9 && f.Detail.Contains(column, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_personal_part_that_is_not_the_one_written_is_found()
    {
        await using var log = await SealedLog.CreateAsync(Provider.Sqlite, Events);
        var rows = await log.EventsAsync();
        var (with, without) = (rows.First(e => e.Personal is not null), rows.First(e => e.Personal is null));
        await log.DamageAsync(db => db.Set<EventRow>().Where(e => e.Position == with.Position || e.Position == without.Position)
            .ExecuteUpdateAsync(e => e.SetProperty(r => r.Personal, with.Personal + " ")));
        Assert.Equal([(AuditFaultKind.PersonalDiffers, with.Leaf), (AuditFaultKind.PersonalDiffers, without.Leaf)], (await log.VerifyAsync()).Faults.Select(f => (f.Kind, f.Leaf)));
    }

    [Fact]
    public async Task A_changed_node_or_head_is_found()
    {
        await using var log = await SealedLog.CreateAsync(Provider.Sqlite, events: 260, batch: 100);
        await log.DamageAsync(async db =>
        {
            await db.Set<AuditNodeRow>().ExecuteUpdateAsync(n => n.SetProperty(r => r.Hash, new byte[32]));
            await db.Set<AuditHeadRow>().ExecuteUpdateAsync(h => h.SetProperty(r => r.Size, 259));
        });
        Assert.Equal([AuditFaultKind.NodeDiffers, AuditFaultKind.HeadDiffers], (await log.VerifyAsync()).Faults.Select(f => f.Kind));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_log_cut_off_cleanly_at_its_end_is_found_by_a_checkpoint_held_elsewhere(Provider provider)
    {
        await using var log = await SealedLog.CreateAsync(provider, Events);
        var (past, last) = (await log.CheckpointAtAsync(14), await log.CheckpointAtAsync(Events));
        await log.DamageAsync(async db =>
        {
            await db.Set<EventRow>().Where(e => e.Leaf >= 21).ExecuteDeleteAsync();
            await db.Set<AuditCheckpointRow>().Where(c => c.Size > 21).ExecuteDeleteAsync();
            await db.Set<AuditHeadRow>().ExecuteUpdateAsync(h => h.SetProperty(r => r.Size, 21));
        });
        Assert.Empty((await log.VerifyAsync(past)).Faults);
        var fault = Assert.Single((await log.VerifyAsync(past, last)).Faults);
        Assert.Equal((AuditFaultKind.HeldBeyond, (long)Events), (fault.Kind, fault.Leaf));
    }

    [Fact]
    public async Task A_history_written_anew_with_the_key_is_found_by_a_checkpoint_held_elsewhere()
    {
        await using var shown = await SealedLog.CreateAsync(Provider.Sqlite, Events);
        await using var anew = await SealedLog.CreateAsync(Provider.Sqlite);
        await anew.SayAsync(Events, "anew");
        await anew.SealAsync();
        Assert.Empty((await anew.VerifyAsync()).Faults);
        foreach (var size in new[] { 7L, 14, Events })
        {
            var fault = Assert.Single((await anew.VerifyAsync(await shown.CheckpointAtAsync(size))).Faults);
            Assert.Equal((AuditFaultKind.HeldDiffers, size), (fault.Kind, fault.Leaf));
        }
    }

    [Fact]
    public async Task A_checkpoint_by_another_key_proves_nothing_and_is_said_so()
    {
        await using var log = await SealedLog.CreateAsync(Provider.Sqlite, Events);
        using var other = AuditKey.Generate(SealedLog.Origin);
        var note = new Checkpoint(SealedLog.Origin, 1, MerkleTree.EmptyRoot, null).Sign(other).ToString();
        Assert.Equal([AuditFaultKind.HeldInvalid, AuditFaultKind.HeldInvalid], (await log.VerifyAsync(note, "nonsense")).Faults.Select(f => f.Kind));
    }

    [Fact]
    public async Task Faults_without_end_are_counted_to_a_limit()
    {
        await using var log = await SealedLog.CreateAsync(Provider.Sqlite, AuditReport.MaxFaults + 5, batch: 5_000);
        await log.DamageAsync(db => db.Set<EventRow>().ExecuteUpdateAsync(e => e.SetProperty(r => r.Actor, "another")));
        var report = await log.VerifyAsync();
        Assert.Equal((AuditReport.MaxFaults, true), (report.Faults.Count, report.MoreFaults));
    }
}
