namespace Cordon.Casework.Audit;

/// <summary>What a verification found.</summary>
/// <param name="Leaves">Sealed events whose leaves were recomputed.</param>
/// <param name="Waiting">Committed events that no checkpoint covers yet.</param>
/// <param name="Checkpoints">Checkpoints whose signature and root were checked.</param>
/// <param name="Root">The recomputed root over all leaves, base64.</param>
/// <param name="Faults">What is wrong, in order of leaves; empty where all holds. At most <see cref="MaxFaults"/>.</param>
/// <param name="MoreFaults">Whether there were more than that.</param>
public sealed record AuditReport(long Leaves, long Waiting, long Checkpoints, string Root, IReadOnlyList<AuditFault> Faults, bool MoreFaults)
{
    /// <summary>A log destroyed as a whole must not fill the memory of who looks at it.</summary>
    public const int MaxFaults = 1_000;

    /// <summary>Whether everything holds.</summary>
    public bool Sound => Faults.Count == 0;
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Leaf">The leaf's number, or the size of the tree that is meant; null where there is none.</param>
/// <param name="Position">The event's position in its table; null where no one event is meant.</param>
/// <param name="Detail">One sentence for people.</param>
public sealed record AuditFault(AuditFaultKind Kind, long? Leaf, long? Position, string Detail);

/// <summary>The sorts of faults.</summary>
public enum AuditFaultKind
{
    /// <summary>A body no longer has the hash that was sealed.</summary>
    BodyChanged,

    /// <summary>A body is not an event's text.</summary>
    BodyUnreadable,

    /// <summary>A column (stream, version, name, time, actor) says other than the sealed body.</summary>
    ColumnDiffers,

    /// <summary>A personal part is not the one whose digest the body holds.</summary>
    PersonalDiffers,

    /// <summary>A leaf number has no event.</summary>
    LeafMissing,

    /// <summary>A leaf number has two events.</summary>
    LeafRepeated,

    /// <summary>A stream's versions do not run 1, 2, 3 …</summary>
    StreamGap,

    /// <summary>A stored hash inside the tree is not the one recomputed.</summary>
    NodeDiffers,

    /// <summary>A checkpoint is not a note signed by the log's key, or lies under another size than its own.</summary>
    CheckpointInvalid,

    /// <summary>A signed root is not the one recomputed at its size: leaves before it were changed or moved.</summary>
    RootDiffers,

    /// <summary>A signed checkpoint covers more leaves than there are.</summary>
    CheckpointBeyond,

    /// <summary>Leaves that no checkpoint covers, though one is written with each leaf.</summary>
    Unsealed,

    /// <summary>The head row's size is not the number of leaves.</summary>
    HeadDiffers,

    /// <summary>The checkpoint brought from elsewhere is not a note signed by the log's key.</summary>
    HeldInvalid,

    /// <summary>The checkpoint brought from elsewhere has another root: two histories were shown.</summary>
    HeldDiffers,

    /// <summary>The checkpoint brought from elsewhere covers more leaves: we hold less than its holder was shown.</summary>
    HeldBeyond,
}

/// <summary>How far a verification is.</summary>
/// <param name="Done">Leaves recomputed.</param>
/// <param name="Total">Leaves to recompute.</param>
public readonly record struct AuditProgress(long Done, long Total);
