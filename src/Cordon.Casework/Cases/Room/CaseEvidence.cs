using Cordon.Engine.Signals;

namespace Cordon.Casework.Cases.Room;

/// <summary>A file that somebody handed in as evidence of a case. Its bytes lie outside the database, under their hash.</summary>
public sealed class CaseEvidence : Folded<CaseEvidenceEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>The case.</summary>
    public Guid CaseId { get; private set; }

    /// <summary>The file's name; personal, erasable.</summary>
    public string? Name { get; private set; }

    /// <summary>Its media type, from its first bytes.</summary>
    public string MediaType { get; private set; } = "";

    /// <summary>Its length in bytes.</summary>
    public long Size { get; private set; }

    /// <summary>The SHA-256 of its bytes, 64 hexadecimal digits in small letters.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Who handed it in.</summary>
    public string AddedBy { get; private set; } = "";

    /// <summary>When.</summary>
    public Instant AddedAt { get; private set; }

    /// <summary>When it was removed.</summary>
    public Instant? RemovedAt { get; private set; }

    /// <summary>Why.</summary>
    public string? RemovedFor { get; private set; }

    /// <inheritdoc/>
    public override string Stream => $"case-evidence/{Id}";

    /// <inheritdoc/>
    protected override void Fold(CaseEvidenceEvent happened)
    {
        switch (happened)
        {
            case EvidenceAdded e:
                (Id, CaseId, Name, MediaType, Size, Hash, AddedBy, AddedAt) = (e.Evidence, e.Case, e.Name, e.MediaType, e.Size, e.Hash, e.By, e.At);
                break;
            case EvidenceRemoved e:
                (RemovedAt, RemovedFor) = (e.At, e.Reason);
                break;
        }
    }
}

/// <summary>What happens to a piece of evidence.</summary>
/// <param name="At">When.</param>
public abstract record CaseEvidenceEvent(Instant At) : CaseworkEvent(At);

/// <summary>A file was handed in. Its hash is in the audit log, so nobody can exchange it unseen.</summary>
/// <param name="At">When.</param>
/// <param name="Evidence">Its id.</param>
/// <param name="Case">The case.</param>
/// <param name="Name">Its name.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Hash">The SHA-256 of its bytes.</param>
/// <param name="By">Who handed it in.</param>
[EventName("case-evidence.added")]
public sealed record EvidenceAdded(Instant At, Guid Evidence, Guid Case, [property: Personal] string? Name, string MediaType, long Size, string Hash, string By) : CaseEvidenceEvent(At);

/// <summary>It was removed: its bytes are gone where no other case has them.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
[EventName("case-evidence.removed")]
public sealed record EvidenceRemoved(Instant At, string Reason, string By) : CaseEvidenceEvent(At);
