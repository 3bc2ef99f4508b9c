namespace Cordon.Engine.Screening;

/// <summary>What the engine knows of a record by its name: member, kind and id of a signal, command id of a list change.</summary>
public enum Admission
{
    /// <summary>Never seen.</summary>
    New,

    /// <summary>Seen with the same values: it changes nothing and gets the answer it got.</summary>
    Repeat,

    /// <summary>Seen with other values: it is refused, and what came first stands.</summary>
    Conflict,
}
