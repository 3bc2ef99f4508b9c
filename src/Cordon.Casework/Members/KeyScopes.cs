namespace Cordon.Casework.Members;

/// <summary>What an API key may do. A key acts for its own member only, whatever its scopes.</summary>
public static class KeyScopes
{
    /// <summary>Tell signals.</summary>
    public const string SignalsWrite = "signals:write";

    /// <summary>Read the member's orders.</summary>
    public const string OrdersRead = "orders:read";

    /// <summary>Acknowledge and answer the member's orders.</summary>
    public const string OrdersWrite = "orders:write";

    /// <summary>Hand in reports of victims.</summary>
    public const string ReportsWrite = "reports:write";

    /// <summary>Read the member's findings.</summary>
    public const string FindingsRead = "findings:read";

    /// <summary>Read the verdicts on the member's signals.</summary>
    public const string VerdictsRead = "verdicts:read";

    /// <summary>Read checkpoints and proofs of the audit log.</summary>
    public const string AuditRead = "audit:read";

    /// <summary>Tell where the member takes webhooks.</summary>
    public const string WebhooksWrite = "webhooks:write";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [SignalsWrite, OrdersRead, OrdersWrite, ReportsWrite, FindingsRead, VerdictsRead, AuditRead, WebhooksWrite];
}
