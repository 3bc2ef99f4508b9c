using Cordon.Casework;
using Microsoft.AspNetCore.Components;

namespace Cordon.WebConsole.Shell;

/// <summary>
/// A page that reads when it opens and again after something changed, at most once a second however much changes.
/// Nothing is held open between two reads.
/// </summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private ITimer? pause;
    private bool reading;
    private bool stale;
    private bool gone;

    [Inject]
    private ConsoleActor Signed { get; set; } = null!;

    [Inject]
    internal MemberNames Names { get; set; } = null!;

    [Inject]
    internal TimeProvider Time { get; set; } = null!;

    /// <summary>Who reads; null before the first read and where nobody is signed in.</summary>
    protected Actor? Actor { get; private set; }

    /// <summary>The roles that may see the page.</summary>
    protected abstract IReadOnlyList<string> Audience { get; }

    /// <summary>Whether the reader may see the page.</summary>
    protected bool Admitted => Actor is { } actor && Audience.Any(actor.Is);

    /// <summary>Whether the first read is done.</summary>
    protected bool Ready { get; private set; }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task ReadAsync(Actor actor);

    /// <summary>Subscribes to what can change; called once.</summary>
    protected virtual void Follow()
    {
    }

    /// <summary>Ends what <see cref="Follow"/> began.</summary>
    protected virtual void Unfollow()
    {
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Follow();
        await RefreshAsync();
    }

    /// <summary>Something changed: read again soon. Callable from any thread.</summary>
    protected void Refresh() => _ = InvokeAsync(() => ToldAsync(async () =>
    {
        stale = true;
        if (!reading && pause is null) await RefreshAsync();
    }));

    /// <summary>Reads again now.</summary>
    protected async Task RefreshAsync()
    {
        if (gone) return;
        (reading, stale) = (true, false);
        Actor = await Signed.FindAsync();
        if (Admitted)
        {
            await Names.LoadAsync();
            await ReadAsync(Actor!);
        }
        (reading, Ready) = (false, true);
        if (gone) return;
        StateHasChanged();
        pause ??= Time.CreateTimer(_ => _ = InvokeAsync(AfterPauseAsync), null, Pace, Timeout.InfiniteTimeSpan);
    }

    private Task AfterPauseAsync() => ToldAsync(async () =>
    {
        pause?.Dispose();
        pause = null;
        if (stale) await RefreshAsync();
    });

    // Work that no caller awaits tells its fault to the page's error boundary.
    private async Task ToldAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        gone = true;
        Unfollow();
        pause?.Dispose();
        GC.SuppressFinalize(this);
    }
}
