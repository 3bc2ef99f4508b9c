namespace Cordon.Casework.Audit;

/// <summary>How the audit log is kept.</summary>
public sealed record AuditOptions
{
    /// <summary>The log's name, in every checkpoint: a URL without scheme, such as <c>cordon.example/audit</c>; no space, no '+'.</summary>
    public required string Origin { get; init; }

    /// <summary>The file of the signing key; made where there is none. It should lie outside the data folder.</summary>
    public required string KeyFile { get; init; }

    /// <summary>How long an event may wait for its leaf and checkpoint: 10 ms to 1 s.</summary>
    public TimeSpan Cadence { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The most events that one transaction numbers, and one checkpoint adds: 1 to 100,000.</summary>
    public int Batch { get; init; } = 2_000;

    /// <summary>Throws <see cref="ArgumentException"/> naming the first option that is out of its bounds.</summary>
    public AuditOptions Validated()
    {
        if (!VerifierKey.IsName(Origin)) throw new ArgumentException($"Audit {nameof(Origin)} '{Origin}' cannot name a log: 1 to 200 characters, no space, no '+'.");
        if (KeyFile.Length == 0) throw new ArgumentException($"Audit {nameof(KeyFile)} is empty.");
        if (Cadence < TimeSpan.FromMilliseconds(10) || Cadence > TimeSpan.FromSeconds(1)) throw new ArgumentException($"Audit {nameof(Cadence)} must be 10 ms to 1 s.");
        if (Batch is < 1 or > 100_000) throw new ArgumentException($"Audit {nameof(Batch)} must be 1 to 100,000.");
        return this;
    }
}
