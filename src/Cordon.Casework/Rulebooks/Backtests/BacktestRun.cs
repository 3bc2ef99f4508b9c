using System.Text.Json;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Rulebooks.Backtests;

/// <summary>Where a backtest stands.</summary>
public enum BacktestState
{
    /// <summary>It runs.</summary>
    Running,

    /// <summary>It is done and has a report.</summary>
    Done,

    /// <summary>It was stopped, by a person or with the program.</summary>
    Stopped,

    /// <summary>It failed.</summary>
    Failed,
}

/// <summary>One run of a rulebook over stored history.</summary>
public sealed class BacktestRun : Folded<BacktestEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>The rulebook that it tries.</summary>
    public Guid Rulebook { get; private set; }

    /// <summary>The hash of the rulebook's content as it was then.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>From when on signals count; null for the beginning.</summary>
    public Instant? From { get; private set; }

    /// <summary>Until when; null for no end.</summary>
    public Instant? To { get; private set; }

    /// <summary>Where it stands.</summary>
    public BacktestState State { get; private set; }

    /// <summary>Who began it.</summary>
    public string StartedBy { get; private set; } = "";

    /// <summary>When.</summary>
    public Instant StartedAt { get; private set; }

    /// <summary>When it ended.</summary>
    public Instant? EndedAt { get; private set; }

    /// <summary>What it found; null until it is done.</summary>
    public BacktestReport? Report { get; private set; }

    /// <summary>Why it was stopped or failed.</summary>
    public string? Reason { get; private set; }

    /// <inheritdoc/>
    public override string Stream => $"backtest/{Id}";

    /// <summary>Keeps the whole report beside the sums that its event tells.</summary>
    internal void Keep(BacktestReport report) => Report = report;

    /// <inheritdoc/>
    protected override void Fold(BacktestEvent happened)
    {
        switch (happened)
        {
            case BacktestStarted e:
                (Id, Rulebook, Hash, From, To, StartedBy, StartedAt) = (e.Backtest, e.Rulebook, e.Hash, e.From, e.To, e.By, e.At);
                break;
            case BacktestDone e:
                (State, EndedAt) = (BacktestState.Done, e.At);
                break;
            case BacktestEnded e:
                (State, EndedAt, Reason) = (e.State, e.At, e.Reason);
                break;
        }
    }
}

/// <summary>What happens to a backtest.</summary>
/// <param name="At">When.</param>
public abstract record BacktestEvent(Instant At) : CaseworkEvent(At);

/// <summary>It began.</summary>
/// <param name="At">When.</param>
/// <param name="Backtest">Its id.</param>
/// <param name="Rulebook">The rulebook.</param>
/// <param name="Hash">The hash of its content.</param>
/// <param name="From">From when on signals count.</param>
/// <param name="To">Until when.</param>
/// <param name="By">Who began it.</param>
[EventName("backtest.started")]
public sealed record BacktestStarted(Instant At, Guid Backtest, Guid Rulebook, string Hash, Instant? From, Instant? To, string By) : BacktestEvent(At);

/// <summary>It is done.</summary>
/// <param name="At">When.</param>
/// <param name="Found">Its sums.</param>
/// <param name="Digest">SHA-256 of the whole report as stored.</param>
[EventName("backtest.done")]
public sealed record BacktestDone(Instant At, BacktestTally Found, string Digest) : BacktestEvent(At);

/// <summary>It ended without a report.</summary>
/// <param name="At">When.</param>
/// <param name="State">Stopped or failed.</param>
/// <param name="Reason">Why.</param>
[EventName("backtest.ended")]
public sealed record BacktestEnded(Instant At, BacktestState State, string Reason) : BacktestEvent(At);

internal sealed class BacktestTable : IEntityTypeConfiguration<BacktestRun>
{
    public void Configure(EntityTypeBuilder<BacktestRun> builder)
    {
        builder.ToTable("Backtests");
        builder.HasKey(b => b.Id);
        builder.Property(b => b.Id).ValueGeneratedNever();
        builder.Property(b => b.Version).IsConcurrencyToken();
        builder.Property(b => b.Hash).HasMaxLength(64);
        builder.Ignore(b => b.Stream);
        builder.Property(b => b.Report).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<BacktestReport>(v, CaseworkJson.Options)!);
        builder.HasIndex(b => new { b.Rulebook, b.StartedAt });
        // One replay at a time is enough for a machine that also answers signals.
        builder.HasIndex(b => b.State, "IX_Backtests_OneRunning").IsUnique().HasFilter("\"State\" = 'Running'");
    }
}
