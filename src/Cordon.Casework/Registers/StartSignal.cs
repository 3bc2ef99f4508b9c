namespace Cordon.Casework.Registers;

/// <summary>
/// Holds the background work of casework back until it is given: a played province moves its own clock and
/// takes each step itself, so that the same seed gives the same records.
/// </summary>
public sealed class StartSignal
{
    private readonly TaskCompletionSource given = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the signal is given.</summary>
    public Task Given => given.Task;

    /// <summary>Lets the background work begin. Giving it again changes nothing.</summary>
    public void Give() => given.TrySetResult();
}
